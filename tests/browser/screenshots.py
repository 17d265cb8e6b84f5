"""Pictures of the page over the bundled sample: `python -m tests.browser.screenshots [FOLDER]`.

Empty page, a set with an opened footnote, picked rows, a follow-up, a comparison, a set that is judged, a refusal, how it was found, the kept conversations, the
settings, the papers, the map and a point of it; by day and by night, on a phone, a small laptop, a wide and a very wide screen.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from rag.app import open_sample
from rag.environment.reading import read_settings
from tests.answering.judge_server import PerfectJudge
from tests.browser.driving import (
    PHONE,
    WIDE,
    Page,
    ViewportSize,
    ask,
    complete,
    enter,
    expect,
    find_chromium,
    free_port,
    launch,
    serve,
)
from tests.model_server import ModelServer, Reply, waits

_JUDGED = "Which papers are about segmentation or point clouds, but not video?"
_SCHEMES: dict[str, Literal["light", "dark"]] = {"light": "light", "dark": "dark"}
_SIZES = (
    *(("wide", WIDE), ("phone", PHONE)),
    ("laptop", ViewportSize(width=1024, height=768)),
    ("widest", ViewportSize(width=2560, height=1300)),
)


def main() -> None:
    """Build the sample's vectors, serve the page, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    folder = parser.parse_args().folder
    chromium = find_chromium()
    if chromium is None:
        sys.exit("there is no Chromium on this machine: apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        _build_vectors(Path(home))
        with serve(Path(home), FOOTNOTE_WRITER="quotes") as url, launch(chromium) as browser:
            for (size, viewport), scheme in product(_SIZES, _SCHEMES):
                page = browser.new_page(
                    viewport=viewport,
                    color_scheme=_SCHEMES[scheme],
                    reduced_motion="reduce",
                    is_mobile=size == "phone",
                )
                enter(page, url)
                _take(page, folder, f"{size}-{scheme}")
                page.close()
        _take_judged(Path(home), folder, chromium)


def _take_judged(home: Path, folder: Path, chromium: str) -> None:
    """A set that a model judges, while it is judged and after: the model is a scripted one."""
    port = free_port()
    server = f"http://127.0.0.1:{port}/v1"
    with (
        serve(home, FOOTNOTE_WRITER="llm", FOOTNOTE_MODEL="scripted", OPENAI_BASE_URL=server) as url,
        launch(chromium) as browser,
    ):
        judge: Reply = PerfectJudge()
        for scripted, state in (((*[judge] * 12, waits()), "sweep"), ((judge,), "judged")):
            told = ".sweep .so-far" if state == "sweep" else "#turns .how"
            for (size, viewport), scheme in product(_SIZES[:2], _SCHEMES):
                page = browser.new_page(
                    viewport=viewport, color_scheme=_SCHEMES[scheme], is_mobile=size == "phone"
                )
                enter(page, url)
                page.locator("#question textarea").fill(_JUDGED)
                with ModelServer(*scripted, port=port):
                    page.keyboard.press("Enter")
                    # What was judged before is known: each page goes on from there.
                    expect(page.locator(told)).to_contain_text(re.compile(r"judged \d\d+ of", re.IGNORECASE))
                    page.screenshot(path=folder / f"{state}-{size}-{scheme}.png")
                page.close()


def _build_vectors(home: Path) -> None:
    library = open_sample(read_settings({"FOOTNOTE_HOME": str(home)}))
    for progress in library.index():
        print(f"vectors for {progress.done} of {progress.total} papers", file=sys.stderr)  # noqa: T201
    library.close()


def _take(page: Page, folder: Path, kind: str) -> None:
    page.screenshot(path=folder / f"empty-{kind}.png")
    page.locator("#examples button").first.click()
    complete(page, 1).locator("a.fn").nth(2).click()
    page.mouse.move(0, 0)  # away from the footnote, whose quote would hover
    page.screenshot(path=folder / f"answer-{kind}.png")
    page.keyboard.press("Escape")  # on a phone the sheet goes
    for row in (0, 2):
        page.locator("[data-pick]").nth(row).check()
    page.locator("[data-do='ask-picked']").click()
    page.screenshot(path=folder / f"picked-{kind}.png")
    page.locator("#asked-of button").click()
    ask(page, "of those, which use transformers?").locator(".read-as summary").click()
    page.screenshot(path=folder / f"follow-up-{kind}.png")
    ask(page, "Compare the first two")
    page.screenshot(path=folder / f"comparison-{kind}.png")
    ask(page, "What is the capital of Portugal?")
    page.screenshot(path=folder / f"refusal-{kind}.png")
    page.locator("#turns .found summary").last.click()
    page.screenshot(path=folder / f"found-{kind}.png")
    for dialog in ("history", "settings"):
        page.locator(f"button[data-do='{dialog}']").click()
        page.screenshot(path=folder / f"{dialog}-{kind}.png")
        page.keyboard.press("Escape")
    page.locator("nav a[data-view='papers']").click()
    expect(page.locator(".papers-list li").first).to_be_visible()
    page.screenshot(path=folder / f"papers-{kind}.png")
    page.locator("nav a[data-view='map']").click()
    expect(page.locator("#map-state")).not_to_be_empty()
    page.screenshot(path=folder / f"map-{kind}.png")
    x, y = page.evaluate("Footnote.map.place(Footnote.map.points()[0])")
    page.locator("#map-canvas").click(position={"x": x, "y": y})
    page.locator("#map-paper .card").wait_for()
    page.screenshot(path=folder / f"point-{kind}.png")


if __name__ == "__main__":
    main()
