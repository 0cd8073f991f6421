"""What is installed, and whether it is well: models, grounding scripts, and the whole machine.

In: what was asked, and settings. Out: lines to print, one at a time; an error among them ends nothing.
Touches: nothing itself; it opens edges. Raises: JournalError when what was asked can't be had.
"""

from collections.abc import Iterator

from voicejournal.errors import JournalError, SettingsError
from voicejournal.journal.plain_text import safe_json
from voicejournal.settings import Settings


def models(action: str, name: str | None, chosen: Settings) -> Iterator[str]:
    """List the models there are, verify those that are installed, or install one."""
    from voicejournal.edges.model_directory import installed, read_catalogue, verify
    from voicejournal.edges.places import models_directory

    catalogue, directory = read_catalogue(), models_directory()
    if action == "install":
        yield from _install(name or chosen.language, chosen)
        return
    there = {found.model.name: found for found in installed(catalogue, directory)}
    for model in catalogue.models:
        found = there.get(model.name)
        if action == "verify" and found is not None:
            verify(found)
        mark = "✓" if found else " "
        yield f"{mark} {model.name}  {model.language}  {model.licence}  {model.title}"


def _install(name: str, chosen: Settings) -> Iterator[str]:
    from voicejournal.edges.model_directory import read_catalogue
    from voicejournal.edges.model_files import install
    from voicejournal.edges.natural_voice import ENGINE, is_engine_here
    from voicejournal.edges.places import models_directory
    from voicejournal.edges.progress import Bar
    from voicejournal.languages import language_of
    from voicejournal.voicing import keep_first_sentences

    language = language_of(chosen.language)
    words = language.printed
    with Bar(words, language.details) as bar:
        done = install(name, read_catalogue(), models_directory(), bar.tell)
    model, source = done.installed.model, done.source
    if source is None:
        yield words["model_there"].format(model=model.name)
    else:
        yield words["model_installed"].format(model=model.name, source=source.name, title=model.title)
    # A voice needs an engine, which its licence keeps from being brought along.
    if model.kind == "piper" and not is_engine_here():
        yield words["natural_needs"].format(engine=ENGINE)
    elif model.kind == "piper":
        keep_first_sentences(done.installed.path, language_of(model.language))


def scripts(action: str, file: str | None, chosen: Settings, as_json: bool) -> Iterator[str | JournalError]:
    """List the scripts there are, check one, or make a sound file of it."""
    if action == "list":
        yield from _list(chosen, as_json)
    elif file is None:
        raise SettingsError("script_not_named", action=action)
    elif action == "check":
        yield from _check(file, chosen)
    else:
        from voicejournal.previewing import preview

        preview(file, chosen)


def _list(chosen: Settings, as_json: bool) -> Iterator[str | JournalError]:
    from voicejournal.shelf import shelf_of

    shelf = shelf_of(chosen.language)
    yield from shelf.broken.values()
    if as_json:
        found = [{"name": s.name, "title": s.title, "seconds": s.seconds} for s in shelf.scripts.values()]
        yield safe_json(found)
        return
    for name, script in shelf.scripts.items():
        is_own = name in shelf.own and name not in shelf.broken
        yield f"{name}  {script.seconds} s  {script.title}{f'  {shelf.own[name]}' if is_own else ''}"


def _check(name: str, chosen: Settings) -> Iterator[str]:
    from voicejournal.shelf import script_problems

    problems = script_problems(name, chosen.language)
    yield from problems
    if problems:
        raise SettingsError("script_has_problems", count=str(len(problems)))


def doctor(chosen: Settings) -> Iterator[str]:
    """Everything that a run needs, one after the other."""
    from voicejournal.checking import checks
    from voicejournal.languages import language_of

    language = language_of(chosen.language)
    failed: list[JournalError] = []
    for name, check in checks(chosen, language):
        try:
            yield f"✓ {language.printed[name]}: {check()}"
        except JournalError as error:
            failed.append(error)
            yield f"✗ {language.printed[name]}: {language.spoken(error)}"
            yield f"  {language.fix(error)}"
    if failed:
        raise failed[0]
