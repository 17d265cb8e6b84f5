"""Kinds of questions, told from their words."""

from __future__ import annotations

import pytest

from eval.bench.intent import load_others, load_phrasings, wrong
from rag.answering.asking.intent import asking_part, read_cues, read_kind, weigh_kind
from rag.library.encoder import Encoder
from rag.types import Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which papers combine local and global features?", Kind.LIST),
        ("Find all recent works on speech separation", Kind.LIST),
        ("Are there any studies with more than 10,000 images?", Kind.LIST),
        ("local and global features", Kind.LIST),
        ("Do drums sound alike? Papers that compare them", Kind.LIST),
        ("What has been written about drums and their makers?", Kind.LIST),
        ("How many images does Bark and Leaf hold?", Kind.FACT),
        ("What recall does Twin Scale Fusion reach?", Kind.FACT),
        ("Does Patient Mamba use attention?", Kind.FACT),
        ("What is a state space model?", Kind.FACT),
        ("Small states hurt recall.", Kind.FACT),
        ("CIDEr score of the captioner", Kind.FACT),
        ("Quiet Prompts versus full fine-tuning", Kind.COMPARE),
        ("What is the difference between the two encoders?", Kind.COMPARE),
        ("How does Slow Drums count beats?", Kind.EXPLAIN),
        ("Why are state space models fast?", Kind.EXPLAIN),
        ("How many papers are from 2023?", Kind.CORPUS),
        ("Which data sets are mentioned?", Kind.CORPUS),
        ("Which methods are proposed?", Kind.CORPUS),
        ("Which measures are used here?", Kind.CORPUS),
        ("Which languages do the papers study?", Kind.CORPUS),
        ("How many data sets are mentioned?", Kind.CORPUS),
        ("Which metrics are used in SlotNet?", Kind.FACT),
        ("Which measures are proposed to compare owls?", Kind.FACT),
        ("What year is SlotNet from?", Kind.FACT),
        ("Who are the authors?", Kind.CORPUS),
        ("Thank you, that was helpful!", Kind.TALK),
        ("???!!!", Kind.TALK),
        ("WHICH PAPERS USE PROMPTS", Kind.LIST),
        ("أي أوراق؟", Kind.LIST),
        ("12 lead ECG papers", Kind.LIST),
        ("owls?", Kind.LIST),
        ("Which systems are in use at a hospital?", Kind.LIST),
        ("Which systems were compared with OwlNet?", Kind.FACT),
        ("In what respects do owls fail, according to the literature?", Kind.LIST),
        ("what works better, owls or drums?", Kind.COMPARE),
        ("which data sets do papers on owls use?", Kind.CORPUS),
        ("how old are the papers", Kind.CORPUS),
        ("which year was the owl data collected", Kind.FACT),
        ("what is known about owls?", Kind.LIST),
    ],
)
def test_examples(question: str, kind: Kind) -> None:
    assert read_kind(question) is kind


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("I am new. What is there, e.g. on maps? Thanks.", "What is there, e.g. on maps?"),
        ("Dropout helps.", "Dropout helps."),
        ("Dear all, I study owls. We need papers on maps. Best, Ada", "We need papers on maps."),
    ],
)
def test_of_a_story_the_question_is_read(text: str, asking: str) -> None:
    assert asking_part(text) == asking


def test_the_reported_half_of_the_phrasings_is_read_right(encoder: Encoder) -> None:
    reported = [one for one in load_phrasings() if one.half == "report" and not one.later]
    mistakes = list(wrong(reported, encoder.encode_query))
    assert len(mistakes) <= 0.05 * len(reported), mistakes


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which model serves as the teacher of QuietNet?", Kind.FACT),
        ("Which models need no teacher?", Kind.LIST),
        ("are there papers that compare with QuietNet?", Kind.LIST),
        ("what's out there on maps?", Kind.LIST),
        ("who argues against larger models?", Kind.LIST),
        ("Under what circumstances do models fail to count?", Kind.EXPLAIN),
        ("In the study on songs, which feature worked best?", Kind.FACT),
        ("what's the time span of this collection?", Kind.CORPUS),
        ("good morning, how are you?", Kind.TALK),
        ("Which similarity metric does RingMatch use?", Kind.FACT),
        ("Which collection was used to compare the two kinds of noise?", Kind.FACT),
        ("What was the main finding of the study with nurses?", Kind.FACT),
        ("How many papers does the survey of drums review?", Kind.FACT),
        ("I don't get why the memory is needed.", Kind.EXPLAIN),
        ("Is late fusion preferable to early fusion?", Kind.COMPARE),
        ("Suggest something on owls", Kind.LIST),
    ],
)
def test_one_thing_that_is_asked_for_is_no_set_and_a_word_for_comparing_no_comparison(
    question: str, kind: Kind
) -> None:
    assert read_kind(question) is kind


@pytest.mark.parametrize(
    ("question", "doubt"),
    [
        ("Which papers compare two encoders?", ""),
        ("how many images are there in Bark and Leaf?", ""),
        ("Why do prompts work?", ""),
        ("local and global features", ""),
        ("Is any of this good for owls", "no rule fits its words"),
        ("drums in the night on the river and no sleep", "no rule fits its words"),
        ("How do Slow Drums and Fast Drums differ?", "its words fit compare and explain"),
        ("Which benchmarks test hearing?", "it may ask for what one paper has, or for all that fit"),
    ],
)
def test_the_cues_say_why_they_are_unsure(question: str, doubt: str) -> None:
    assert read_cues(question).doubt == doubt


def test_on_phrasings_that_were_not_learned_more_is_wrong_where_the_kind_is_doubted() -> None:
    reported = [one for one in (*load_phrasings(), *load_others()) if one.half == "report"]
    doubted = [one for one in reported if weigh_kind(one.text).doubt]
    sure = [one for one in reported if not weigh_kind(one.text).doubt]
    assert 0 < len(doubted) < len(reported) / 3
    assert len(list(wrong(doubted))) / len(doubted) > 2 * len(list(wrong(sure))) / len(sure)


def test_what_may_be_small_talk_is_searched_for_all_the_same() -> None:
    doubted = [read for one in load_others() if (read := weigh_kind(one.text)).doubt]
    assert any("small talk" in read.doubt for read in doubted)
    assert all(read.kind is not Kind.TALK for read in doubted)


def test_of_a_long_text_the_ends_are_read_whose_size_is_bounded() -> None:
    padding = "owl " * 1_000
    assert read_kind(f"compare Twin Scale Fusion and Patient Mamba: {padding}") is Kind.COMPARE
    assert read_kind(f"{padding} which papers use prompts?") is Kind.LIST
    assert read_kind(f"{padding} compare Twin Scale Fusion and Patient Mamba {padding}") is Kind.LIST
