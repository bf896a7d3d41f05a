"""Every French sentence has its English, and the tools that see to it work."""

import gettext
from pathlib import Path

import pytest

from parvis.shared import translating


def test_the_house_speaks_english_throughout() -> None:
    assert [str(complaint) for complaint in translating.check()] == []


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A house of two apps, one with a template."""
    for app in ("hall", "shared"):
        (tmp_path / app).mkdir()
        (tmp_path / app / "apps.py").write_text("")
    (tmp_path / "hall" / "saying.py").write_text(
        "from x import _, ngettext, pgettext\n"
        "_('Bonjour %(name)s')\n"
        "ngettext('%d jour', '%d jours', 3)\n"
        "pgettext('bouton', 'Ouvert')\n"
        "event('door.opened', 'Porte ouverte')\n"
    )
    page = tmp_path / "hall" / "templates" / "hall" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '{% translate "Bienvenue" %}\n<p title="l\'heure">\n  {% blocktranslate trimmed count n=n %}\n    Un chat\n'
        "  {% plural %}\n    {{ n }} chats\n  {% endblocktranslate %}\n{{ x|default:_('Rien') }}"
    )
    return tmp_path


def po(package: Path, app: str = "hall") -> Path:
    return package / app / "locale/en/LC_MESSAGES/django.po"


def test_sentences_are_collected_from_code_and_templates(package: Path) -> None:
    assert translating.collect(package) == {"hall": 7, "shared": 0}
    text = po(package).read_text()
    found = [line.partition(" ")[2] for line in text.splitlines() if line.startswith(("msgid ", "msgctxt "))]
    assert found == [
        '""',
        '"Bonjour %(name)s"',
        '"%d jour"',
        '"bouton"',
        '"Ouvert"',
        '"Porte ouverte"',
        '"Bienvenue"',
        '"Un chat"',
        '"Rien"',
    ]


def test_collecting_again_changes_nothing(package: Path) -> None:
    translating.collect(package)
    before = po(package).read_bytes()
    assert translating.collect(package) == {"hall": 0, "shared": 0}
    assert po(package).read_bytes() == before


def test_what_left_the_code_leaves_the_catalogue_and_the_rest_keeps_its_english(package: Path) -> None:
    translate(package, "Porte ouverte", "Door opened")
    (package / "hall" / "templates" / "hall" / "page.html").unlink()
    translating.collect(package)
    text = po(package).read_text()
    assert "Bienvenue" not in text
    assert "Door opened" in text


def translate(package: Path, french: str, english: str, app: str = "hall") -> None:
    if not po(package, app).exists():
        translating.collect(package)
    text = po(package, app).read_text()
    po(package, app).write_text(text.replace(f'msgid "{french}"\nmsgstr ""', f'msgid "{french}"\nmsgstr "{english}"'))


def complaints(package: Path) -> dict[str, str]:
    return {complaint.text: complaint.reason for complaint in translating.check(package)}


def test_what_lacks_english_is_told(package: Path) -> None:
    assert set(complaints(package)) == {
        "Bonjour %(name)s",
        "%d jour",
        "Ouvert",
        "Porte ouverte",
        "Bienvenue",
        "Un chat",
        "Rien",
    }
    translate(package, "Bienvenue", "Welcome")
    assert "Bienvenue" not in complaints(package)


def test_a_placeholder_that_english_lost_is_told(package: Path) -> None:
    translate(package, "Bonjour %(name)s", "Hello %(nom)s")
    assert complaints(package)["Bonjour %(name)s"] == "its placeholders differ (%(name)s, %(nom)s)"


def test_a_fuzzy_or_stale_line_is_told(package: Path) -> None:
    translate(package, "Bienvenue", "Welcome")
    text = po(package).read_text().replace('msgid "Bienvenue"', '#, fuzzy\nmsgid "Bienvenue"')
    po(package).write_text(text + '\nmsgid "Adieu"\nmsgstr "Farewell"\n')
    told = complaints(package)
    assert (told["Bienvenue"], told["Adieu"]) == ("marked fuzzy", "no longer in the code")


def test_two_apps_that_disagree_are_told(package: Path) -> None:
    (package / "shared" / "saying.py").write_text("_('Bienvenue')")
    translating.collect(package)
    translate(package, "Bienvenue", "Welcome")
    translate(package, "Bienvenue", "Hi", app="shared")
    assert complaints(package)["Bienvenue"] == "said otherwise by hall (use a context: pgettext)"


def test_a_compiled_catalogue_is_what_gettext_reads(package: Path) -> None:
    translate(package, "Bienvenue", "Welcome")
    assert po(package).with_suffix(".mo") in translating.compile_all(package)
    with po(package).with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Bienvenue") == "Welcome"
    assert english.gettext("Rien") == "Rien"
    assert translating.compile_all(package, only_stale=True) == []
