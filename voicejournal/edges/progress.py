"""A bar that grows while a model is fetched.

In: how far it has come. Out: a bar, or a line for each model where there is no terminal. Touches: rich, stdout.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from voicejournal.catalogue import Progress, Skipped


class Bar:
    """To be used in a `with`."""

    def __init__(self, words: Mapping[str, str], reasons: Mapping[str, str]) -> None:
        """The language's `printed` table, and its `details`."""
        from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._words = words
        self._reasons = reasons
        self._progress = RichProgress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
        )
        self._tasks: dict[str, int] = {}

    def tell(self, news: Progress | Skipped) -> None:
        """Show it."""
        if isinstance(news, Skipped):
            words, reason = self._words["model_skipped"], self._reasons[news.reason]
            told = words.format(model=news.model.name, source=news.source.name, reason=reason)
            self._progress.print(told, highlight=False)
            return
        name = news.model.name
        if name not in self._tasks:
            description = self._words["fetching"].format(model=name)
            self._tasks[name] = self._progress.add_task(description, total=news.total_bytes)
        task = self._progress.tasks[self._tasks[name]]
        self._progress.update(task.id, completed=news.done_bytes, total=news.total_bytes)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._progress.stop()
