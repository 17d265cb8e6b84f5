"""Questions in other languages: told apart from English, with the names that may be found."""

from __future__ import annotations

import pytest

from eval.bench.intent import load_phrasings
from eval.reference import load_questions
from rag.answering.answerer import last_answer
from rag.answering.asking.foreign import foreign_notice
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Welche Arbeiten kombinieren lokale und globale Merkmale?", ""),
        ("Was ist DINOv2?", "DINOv2"),
        ("Quels articles utilisent CLIP ?", "CLIP"),
        ("¿Qué métodos usan datos sintéticos?", ""),
        ("哪些论文使用了扩散模型?", ""),
        ("どの論文がMambaを使っていますか", "Mamba"),
        ("Какие статьи сравнивают CLIP и DINOv2?", "CLIP, DINOv2"),
    ],
)
def test_another_language_is_noticed_and_its_names_are_told(asked: str, names: str) -> None:
    notice = foreign_notice(asked)
    assert notice.startswith("The question does not seem to be in English.")
    assert notice.endswith(f"for its names alone: {names}." if names else "Ask in English.")


def test_no_english_question_is_taken_for_another_language() -> None:
    texts = [one.text for one in load_phrasings()] + [one.question for one in load_questions()]
    assert [text for text in texts if foreign_notice(text)] == []


@pytest.mark.parametrize("asked", ["", "?!", "12", "α-divergence of β-VAEs", "naïve Bayes"])
def test_marks_formulas_and_accents_are_no_language(asked: str) -> None:
    assert foreign_notice(asked) == ""


def test_a_refused_question_in_another_language_is_told_why(shelf: Library) -> None:
    answer = last_answer(
        build_answerer(read_settings({}), shelf).answer("Welche Arbeiten zählen Schläge mit KI?")
    )
    assert (
        "The question does not seem to be in English. Ask in English, or for its names alone: KI."
        in answer.notices
    )
    assert answer.sentences == ()
