"""Pages load nothing from elsewhere, and hold nothing that the content security policy would stop."""

import re
from pathlib import Path

import pytest
from tests.house.plan import PACKAGE

TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html"))
ASSETS = sorted(
    path for path in PACKAGE.rglob("static/**/*") if path.suffix in {".css", ".js", ".mjs", ".svg", ".json"}
)
LOADS = re.compile(
    r"""(?:\s(?:src|srcset|poster|action|formaction|data)|<link[^>]+href|\bhx-(?:get|post|put|delete))\s*=\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}""", re.IGNORECASE)
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*?$|\{#.*?#\}|<!--.*?-->", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
DATA_BLOCK = re.compile(r"<script[^>]*type=[\"'](?:application/json|importmap)[\"']", re.IGNORECASE)


def source(path: Path) -> str:
    return COMMENTS.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_loads_nothing_from_elsewhere(path: Path) -> None:
    assert LOADS.findall(source(path)) == []


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_an_asset_names_no_other_host(path: Path) -> None:
    assert ELSEWHERE.findall(source(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_holds_no_inline_script_or_style(path: Path) -> None:
    assert INLINE.findall(DATA_BLOCK.sub("", source(path))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        '<script src="https://cdn.example.com/x.js"></script>', '<img src="//cdn.example.com/x.png">',
        '<link rel="stylesheet" href="https://fonts.example.com/css">', '<form action="http://elsewhere.example.com">',
    ],
)  # fmt: skip
def test_the_eye_sees_loads(wrong: str) -> None:
    assert LOADS.search(wrong)


@pytest.mark.parametrize("wrong", ["<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', "<style>"])
def test_the_eye_sees_inline_code(wrong: str) -> None:
    assert INLINE.search(wrong)


def test_a_link_that_people_follow_is_no_load() -> None:
    assert not LOADS.search('<a href="https://www.quebec.ca">Québec</a>')
