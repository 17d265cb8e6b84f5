"""SciFact claims: read as they are published, and counted by label."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.claims import Label, read_claims, render_claims, verify_claims
from rag.errors import SourceError

_SENTENCES = ["Mice that sleep live longer.", "Sleep reduces the risk of falls by 12%."]


def _claim(text: str, label: str | None) -> str:
    evidence = {"7": {"label": label, "sentences": [[1]]}} if label else {}
    contexts = [{"doc_id": "7", "sentences": _SENTENCES}]
    return json.dumps(
        {"id": "1", "question": text, "answer": label or "NEI", "contexts": contexts, "evidence": evidence}
    )


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims_train.jsonl"
    lines = (
        _claim("Sleep reduces the risk of falls.", "SUPPORT"),
        _claim("Sleep increases the risk of falls.", "CONTRADICT"),
        _claim("Sleep prevents cancer in dogs and their owners.", None),
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_claim_comes_with_its_abstract_and_label(claims: Path) -> None:
    first = read_claims(claims)[0]
    assert (first.text, first.label) == ("Sleep reduces the risk of falls.", Label.SUPPORT)
    assert first.paper.abstract == " ".join(_SENTENCES)


def test_titles_come_from_the_corpus_beside_it(claims: Path) -> None:
    record = json.dumps({"_id": "7", "title": "Sleep and Falls", "text": ""})
    claims.with_name("corpus.jsonl").write_text(record, encoding="utf-8")
    assert {claim.paper.title for claim in read_claims(claims)} == {"Sleep and Falls"}


def test_each_label_is_counted(claims: Path) -> None:
    counts = verify_claims(read_claims(claims))
    assert counts.precision() == (1, 1)
    assert [counts.share(label) for label in Label] == [(1, 1), (0, 1), (0, 1)]


def test_the_table_gives_each_share_with_its_interval(claims: Path) -> None:
    table = render_claims(verify_claims(read_claims(claims)))
    assert "recall: SUPPORT called supported      1 of 1      100.0 %  [20.7, 100.0]" in table


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1"}', _claim("x", "PERHAPS")])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"{_claim('Sleep helps.', 'SUPPORT')}\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"claims\.jsonl:2: no SciFact claim"):
        read_claims(path)


def test_a_missing_file_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_claims(tmp_path / "none.jsonl")
