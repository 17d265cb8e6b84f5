"""Words that papers hold: a name in all its spellings and no other, and who uses what bears it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.asking.criteria_line import parse_criteria
from rag.library.library import Library
from rag.retrieval.mentioned_words import mentions_words, used_name
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Question
from tests.conftest import paper

MakeLibrary = Callable[..., Library]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("CIFAR-10", "on CIFAR10."),
        ("CIFAR10", "on CIFAR-10,"),
        ("cifar-10", "CIFAR 10 is small"),
        ("ImageNet", "IMAGENET, Imagenet"),
        ("ImageNet", "ImageNet-1K"),
        ("COCO", "MS-COCO"),
        ("MS COCO", "the MSCOCO images"),
        ("GANs", "a GAN"),
        ("Flickr30k", "Flickr30K"),
        ("Owl Networks", "an owl network"),
        ("MSR-VTT", "MSRVTT"),
    ],
)
def test_a_name_is_found_in_each_of_its_spellings(words: str, text: str) -> None:
    assert mentions_words(paper("Owls", text), words)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("CIFAR-10", "CIFAR-100"),
        ("ImageNet-1K", "ImageNet-21K"),
        ("GPT", "GPT-4"),
        ("COCO", "coconuts, Coco"),
        ("CLIP", "a clip of owls"),
        ("SMART", "smart owls"),
        ("P+", "P and Q"),
        ("ImageNet", "TinyImageNet"),
        ("MSE", "the E of owls"),
        ("GAN", "an organ"),
    ],
)
def test_another_name_or_a_word_is_not_taken_for_it(words: str, text: str) -> None:
    assert not mentions_words(paper("Owls", text), words)


@pytest.mark.parametrize(
    ("criterion", "name"),
    [
        ("use ImageNet", "ImageNet"),
        ("that use the ImageNet data set", "ImageNet"),
        ("are evaluated on MS COCO", "MS COCO"),
        ("pretrained on LAION-400M", "LAION-400M"),
        ("test their method on KITTI", "KITTI"),
        ("use GANs", ""),
        ("use RL", ""),
        ("use ImageNet for retrieval", ""),
        ("use CLIP features", ""),
        ("use attention", ""),
        ("beat ImageNet", ""),
    ],
)
def test_a_proper_name_that_is_used_is_told_from_a_property(criterion: str, name: str) -> None:
    assert used_name(criterion) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [("evaluated on NightOwls", {"one", "two"}), ("use OWLNET", None)],
    ids=["a name", "a short form that abstracts explain"],
)
def test_who_uses_what_bears_a_name_is_looked_up(
    make_library: MakeLibrary, text: str, found: set[str] | None
) -> None:
    library = make_library(
        paper("One", "We test on NightOwls."),
        paper("Two", "Results on Night-Owls are good."),
        paper("Three", "An owl-like network (OWLNET) sees mice at night."),
    )
    criteria = parse_criteria(text)
    swept = Retriever(library, RetrievalSettings()).sweep(Question(text, Kind.LIST, text, criteria=criteria))
    shown = [part.shown for part in swept.parts]
    assert bool(shown) == (found is not None)
    for part in shown:
        assert part is not None
        assert {one.paper.id for one, held in zip(swept.papers, part, strict=True) if held} == found


@pytest.mark.parametrize(
    ("asked", "absent"),
    [
        ("use night cameras", "night cameras"),
        ("night camreas", "night cameras"),
        ("use owl cameras", ""),
        ("an owl camera", ""),
        ("owls that see cameras at night", ""),
        ("use owl cameras AND night", ""),
        ("NightCam cameras", ""),
        ("Night cameras", "Night cameras"),
        ("owl cameras for night songs", "night songs"),
        ("camera-to-owl calls", ""),
        ("mouse-traps", ""),
        ("mouse traps", ""),
        ("night cameras OR owl cameras", ""),
        ("night cameras OR day cameras", "night cameras or day cameras"),
        ("owl cameras AND NOT night cameras", ""),
        ("owl cameras AND night songs", "night songs"),
    ],
)
def test_two_words_that_no_paper_holds_side_by_side_are_told(
    make_library: MakeLibrary, asked: str, absent: str
) -> None:
    library = make_library(
        paper("One", "Owl cameras see. By night they rest."),
        paper("Two", "A camera-to-owl call, a mousetrap."),
    )
    question = Question(asked, Kind.LIST, asked, criteria=parse_criteria(asked))
    assert Retriever(library, RetrievalSettings()).sweep(question).absent == tuple(
        filter(None, absent.split(" or "))
    )
