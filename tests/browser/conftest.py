"""What the browser tests share: Chromium, and the page over a small library."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rag.app import open_library, read_file
from rag.environment.reading import read_settings
from rag.types import Paper, PaperId

if TYPE_CHECKING:
    from tests.browser.driving import Page

_HERE = Path(__file__).parent
_CHROMIUM = ExitStack()
_HOSTILE = (
    {
        "title": "<script>window.hit=1</script> Zebra Crossings",
        "abstract": "Zebra crossings are counted by <img src=x onerror=window.hit=1> cameras. "
        '"Zebra" onmouseover="window.hit=1" crossings are quoted twice. It ends.</p></section><h1>Hit</h1>',
        "authors": ["<b onmouseover=window.hit=1>Ann Oner</b>"],
        "url": "javascript:window.hit=1",
    },
    {
        "title": "Zebra Pictures ![stripes](http://elsewhere.invalid/stripes.png)",
        "abstract": "Zebra crossings have stripes, see ![stripes](http://elsewhere.invalid/zebra.png). Zebra "
        "crossings have [links](javascript:window.hit=1) and &lt;svg onload=window.hit=1&gt; marks.",
    },
    {
        "title": "Zebra \u202egnissorC\u202c",
        "abstract": "Zebra crossings are \u202edaer\u202c from right to left. Zebra "
        + "crossings" * 40
        + ".",
    },
)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of Chromium; without one the tests are skipped, but on a build server they fail."""
    from tests.browser.driving import find_chromium

    path = find_chromium()
    if path is None:
        reason = "there is no Chromium on this machine: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.hookimpl(trylast=True)  # fixtures let go of their tabs first
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """End Chromium with the last test of this folder.

    While Playwright runs, an event loop runs in this thread; tests elsewhere may need one of their own.
    """
    if nextitem is None or _HERE not in nextitem.path.parents:
        _CHROMIUM.close()


@pytest.fixture(scope="session")
def screens(chromium_path: str) -> Mapping[str, Page]:
    """Three screens of one browser, with a tab each."""
    from tests.browser.driving import PHONE, WIDE, launch

    browser = _CHROMIUM.enter_context(launch(chromium_path))
    screen = partial(browser.new_page, reduced_motion="reduce", locale="en-GB")
    return {
        "wide": screen(viewport=WIDE),
        "dark": screen(viewport=WIDE, color_scheme="dark"),
        "phone": screen(viewport=PHONE, has_touch=True, is_mobile=True),
    }


@pytest.fixture(scope="session")
def library_home(
    tmp_path_factory: pytest.TempPathFactory, papers: tuple[Paper, ...], chromium_path: str
) -> Path:
    """A state folder with the five papers, and some that want to do harm; vectors are built."""
    assert chromium_path
    home = tmp_path_factory.mktemp("home")
    (home / "hostile.jsonl").write_text("\n".join(map(json.dumps, _HOSTILE)), encoding="utf-8")
    library = open_library(read_settings({"FOOTNOTE_HOME": str(home)}))
    library.add(papers)
    library.add(read_file(home / "hostile.jsonl").papers)
    # What no file brings in any more may stand in a library from before.
    old = Paper(PaperId("old"), "Old Zebra", "Zebra links go far.", url="javascript:window.hit=1")
    library.add([replace(old, published="2019-05")])
    list(library.index())
    library.close()
    return home


@pytest.fixture(scope="session")
def library_url(library_home: Path) -> Iterator[str]:
    """The address of the page over the small library; it quotes."""
    from tests.serving import serve

    with serve(library_home, FOOTNOTE_WRITER="quotes") as url:
        yield url


@pytest.fixture(scope="session")
def herd_home(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Path:
    """A state folder with sixty papers, enough for verdicts; vectors are built."""
    from tests.browser.herd import herd

    assert chromium_path
    home = tmp_path_factory.mktemp("herd")
    library = open_library(read_settings({"FOOTNOTE_HOME": str(home)}))
    library.add(herd())
    list(library.index())
    library.close()
    return home


@pytest.fixture(scope="session")
def herd_url(herd_home: Path) -> Iterator[str]:
    """The address of the page over the sixty papers; it quotes."""
    from tests.serving import serve

    with serve(herd_home, FOOTNOTE_WRITER="quotes") as url:
        yield url


@pytest.fixture
def visit(screens: Mapping[str, Page]) -> Callable[..., Page]:
    """Open an address on one of the screens, as a new visitor.

    The tab is the same for all visits, because it keeps what it has loaded; a conversation ends with
    the page that it stands on.
    """
    from tests.browser.driving import enter

    def visit_page(url: str, screen: str = "wide") -> Page:
        enter(screens[screen], url)
        return screens[screen]

    return visit_page


@pytest.fixture
def page(visit: Callable[..., Page], library_url: str) -> Page:
    """The page over the small library, on a wide screen."""
    return visit(library_url)
