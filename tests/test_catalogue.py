"""The catalogue: what is listed, in which order, and what it refuses."""

import json
from pathlib import Path

import pytest

from voicejournal.catalogue import Catalogue, Folder, Package, Url, parse
from voicejournal.errors import ModelError

SHIPPED = (Path(__file__).parents[1] / "models" / "catalogue.toml").read_text(encoding="utf-8")
ONE = """
[[model]]
name = "vosk-xx"
kind = "vosk"
language = "xx"
title = "a small model"
licence = "MIT"
unpacked_bytes = 10
[[model.source]]
name = "a site"
url = "https://example.org/x.zip"
inside = "x/"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
archive_bytes = 5
"""


def names(catalogue: Catalogue, wanted: str) -> list[str]:
    return [model.name for model in catalogue.wanted(wanted)]


def test_english_tries_the_makers_vosk_model_first_and_whisper_after_it() -> None:
    assert names(parse(SHIPPED), "en") == ["vosk-en", "whisper-en"]


def test_a_model_can_be_wanted_by_its_name() -> None:
    assert names(parse(SHIPPED), "whisper-en") == ["whisper-en"]


def test_a_voice_comes_only_when_it_is_named() -> None:
    (voice,) = parse(SHIPPED).wanted("voice-en")
    assert voice.kind == "piper" and voice not in parse(SHIPPED).wanted("en")
    assert {type(source.address) for source in voice.sources} == {Folder, Package}


def test_loose_files_need_their_sums() -> None:
    loose = ONE.replace("x.zip", "x/")
    with pytest.raises(ValueError, match="loose"):
        parse(loose)
    (model,) = parse(f'{loose}[model.files]\n"a" = "{"0" * 64}"').models
    assert model.sources[0].address == Folder("https://example.org/x/")


def test_an_unknown_name_says_which_are_known() -> None:
    with pytest.raises(ModelError) as raised:
        parse(SHIPPED).wanted("tlh")
    assert raised.value.name == "model_unknown"
    assert raised.value.details["known"] == "en, ko, vosk-en, whisper-en, vosk-ko, voice-en"


def test_every_shipped_address_is_https_or_a_pinned_package() -> None:
    for model in parse(SHIPPED).models:
        assert model.licence and model.sources
        for source in model.sources:
            match source.address:
                case Url(url) | Folder(url):
                    assert url.startswith("https://")
                case Package(package, version):
                    assert package and version


def test_whisper_brings_its_tokenizer_so_that_nothing_is_fetched_at_load() -> None:
    (whisper,) = parse(SHIPPED).wanted("whisper-en")
    assert {file.path for file in whisper.files} >= {"model.bin", "config.json", "tokenizer.json"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"vosk-xx"', '"../vosk"'),
        ('"vosk-xx"', '".."'),
        ('"vosk-xx"', '""'),
        ('kind = "vosk"', 'kind = "kaldi"'),
        ('"x/"', '"x"'),
        ("0000\"", "000g\""),
        ("0000\"", "000\""),
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(old: str, new: str) -> None:
    assert names(parse(ONE), "xx") == ["vosk-xx"]
    with pytest.raises(ValueError):
        parse(ONE.replace(old, new))


def test_a_model_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError):
        parse(ONE + ONE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://example.org/x.zip", "http://example.org/x.zip"),
        ("https://example.org/x.zip", "http://127.0.0.1/x.zip"),
        ("https://example.org/x.zip", "file:///etc/passwd"),
        ('url = "https://example.org/x.zip"', 'package = "--index-url"\nversion = "1"'),
        ('url = "https://example.org/x.zip"', 'package = "x"\nversion = "1 --index-url http://example.org"'),
        ('sha256 = "0', 'sha256 = "'),
        ("vosk-xx", "../vosk-xx"),
    ],
)
def test_a_catalogue_that_would_loosen_anything_is_refused(before: str, after: str) -> None:
    assert before in ONE
    with pytest.raises(ValueError):
        parse(ONE.replace(before, after, 1))


@pytest.mark.parametrize("path", ["../out", "/etc/passwd", "a/../../out", "a\\b", "", "a//b", ".hidden"])
def test_a_file_of_a_model_lies_inside_it(path: str) -> None:
    with pytest.raises(ValueError, match="plain path"):
        parse(f'{ONE}[model.files]\n{json.dumps(path)} = "{"0" * 64}"')
