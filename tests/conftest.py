"""What all tests share: a clean environment, no way out to the network, and a small real library."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.types import Paper, PaperId

_PAGES = Path(__file__).resolve().parents[2] / "shared" / "seeds"

# No test depends on the clock. Hypothesis's own profile for CI repeats the same examples: there nothing fails by chance.
settings.register_profile("footnote", deadline=None)
settings.load_profile("ci" if "CI" in os.environ else "footnote")


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Let Ctrl-C reach the tests and what they start: a job in the background would ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, no address, and a state folder of its own for each test."""
    for name in list(os.environ):
        if name.startswith(("FOOTNOTE_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse any connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]  # any address of any family

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real encoder, loaded once."""
    return Encoder(threads=2)


@pytest.fixture
def make_library(tmp_path: Path, encoder: Encoder) -> Iterator[Callable[..., Library]]:
    """Build real libraries out of papers; vectors are built unless `indexed` is False."""
    opened: list[Library] = []

    def make(*papers: Paper, indexed: bool = True, name: str = "library") -> Library:
        library = Library(tmp_path / name, encoder=encoder)
        opened.append(library)
        if papers:
            library.add(papers)
        if indexed:
            list(library.index())
        return library

    yield make
    for library in opened:
        library.close()


@pytest.fixture(scope="session")
def shelf(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, papers: tuple[Paper, ...]
) -> Iterator[Library]:
    """The five papers with their vectors, built once, for tests that only read."""
    library = Library(tmp_path_factory.mktemp("shelf"), encoder=encoder)
    library.add(papers)
    list(library.index())
    yield library
    library.close()


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of real saved pages, where there is one."""
    if not _PAGES.is_dir():
        pytest.skip("the saved pages are not on this machine")
    return _PAGES


def paper(title: str, abstract: str) -> Paper:
    """Build a paper whose id is its title in lower case."""
    return Paper(PaperId(title.lower().replace(" ", "-")), title, abstract, sources=("test",))


@pytest.fixture(scope="session")
def papers() -> tuple[Paper, ...]:
    """Five papers on five topics, written for the tests."""
    return (
        paper(
            "Twin Scale Fusion",
            "Image matching needs fine detail and an overall view. Twin Scale Fusion joins local features "
            "from small patches with global features of the whole image. It reaches 87.5% recall on 1,000 "
            "street scenes.",
        ),
        paper(
            "Patient Mamba",
            "State space models read long sequences in linear time. Patient Mamba keeps a small state and "
            "still recalls facts from 64k tokens. It does not use attention.",
        ),
        paper(
            "Quiet Prompts",
            "Large vision-language models are costly to adapt. Quiet Prompts learns eight prompt vectors and "
            "leaves the backbone frozen. Accuracy rises by 3.2 points on 11 data sets.",
        ),
        paper(
            "Bark and Leaf",
            "Tree species are told apart from bark and leaf photos. The data set holds 12,400 images of 85 "
            "species, e.g. oak and beech. Experts labelled every image twice.",
        ),
        paper(
            "Slow Drums",
            "Rhythm is hard to transcribe from old recordings. Slow Drums separates the drum track before it "
            "counts beats. Errors fall by half on 78 rpm records.",
        ),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
