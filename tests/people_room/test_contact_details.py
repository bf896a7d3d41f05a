"""One form for each e-mail and phone, however it is written."""

import pytest

from parvis.people.errors import BadContact
from parvis.people.normalising import Phone, normalise_email, normalise_phone, read_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("418-555-0123", "+14185550123"),
        ("(418) 555-0123", "+14185550123"),
        ("1 418 555 0123", "+14185550123"),
        ("+1.418.555.0123", "+14185550123"),
        ("418 555‑0123", "+14185550123"),
        ("４１８ ５５５ ０１２３", "+14185550123"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("418-555-0123 poste 12", "+14185550123"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_phone_has_one_form(typed, kept):
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize(
    "written", ["poste 12", "Poste: 12", "ext. 12", "extension 12", "x12", "#12", "(poste 12)", ", poste 12", "p. 12"]
)
def test_an_extension_is_kept_apart(written):
    assert read_phone(f"418-555-0123 {written}") == Phone("+14185550123", "12")


@pytest.mark.parametrize(
    "typed",
    [
        "555-0123",
        "911",
        "418-555-012",
        "418-155-0123",
        "118-555-0123",
        "appelez-moi",
        "418 555 0123 4567",
        "0" * 500,
        "+",
        "\x00",
    ],
)
def test_a_phone_that_cannot_ring_is_refused_with_an_example(typed):
    if typed == "\x00":  # nothing is left of it
        assert normalise_phone(typed) == ""
        return
    with pytest.raises(BadContact) as refusal:
        normalise_phone(typed)
    assert refusal.value.field == "phone"
    assert refusal.value.sentence == (
        "Ce numéro ne semble pas complet. Écrivez les dix chiffres, comme ceci\xa0: 418\xa0555-0123, poste 12."
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Alix@Courrier.Example", "alix@courrier.example"),
        ("  alix+311@courrier.example ", "alix+311@courrier.example"),
        ("<alix@courrier.example>", "alix@courrier.example"),
        ("mailto:alix@courrier.example", "alix@courrier.example"),
        ("alix@été.example", "alix@xn--t-9fab.example"),
        ("", ""),
    ],
)
def test_an_email_has_one_form(typed, kept):
    assert normalise_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "alix", "alix@", "@courrier.example", "alix@courrier", "alix@courrier.example, bob@courrier.example",
        "alix@courrier.example\nBcc: tous@courrier.example", '"alix\rBcc: x"@courrier.example',
        "alix@cour rier.example",
        "alix@" + "a" * 300 + ".example", "alix@été..example", "a" * 100_000,
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_reached_is_refused(typed):
    with pytest.raises(BadContact) as refusal:
        normalise_email(typed)
    assert refusal.value.field == "email"
