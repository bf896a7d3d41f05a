"""The `parvis` command itself."""

from __future__ import annotations

import pytest
from tests.serving.conftest import Town

import parvis
from parvis.__main__ import main


def test_without_a_word_it_tells_what_it_can_do(capsys):
    main([])
    told = capsys.readouterr().out

    assert told.startswith(f"parvis {parvis.__version__}: ")
    assert "bring in catalogue, places, requests, streets, zones\n" in told


def test_it_tells_its_own_version_not_that_of_django(capsys):
    main(["--version"])

    assert capsys.readouterr().out == f"{parvis.__version__}\n"


@pytest.mark.django_db
def test_two_words_make_one_command(capsys):
    main(["ledger", "verify"])

    assert capsys.readouterr().out == "The ledger holds: 0 lines.\n"


@pytest.mark.parametrize("words", [["import"], ["import", "--help"]])
def test_a_first_word_alone_tells_the_second_ones(words):
    with pytest.raises(SystemExit, match="parvis import takes one of: catalogue, places, requests, streets, zones"):
        main(words)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PARVIS_DEBUG": "maybe"}, "parvis: PARVIS_DEBUG has the value 'maybe'; it takes yes or no."),
        ({"PARVIS_DATA": "/proc/parvis"}, "parvis: /proc/parvis can't be made or read"),
        ({"DATABASE_URL": "nope://x:secret@y"}, "parvis: DATABASE_URL can't be read; it takes postgres://"),
    ],
)
def test_a_setting_that_can_not_be_is_told_in_a_sentence(town: Town, environment, sentence):
    refused = town.parvis("serve", **environment)

    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert "secret" not in refused.stderr
