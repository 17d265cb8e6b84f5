"""The nodes that are written are those that llama-index would write."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.utils import metadata_dict_to_node, node_to_metadata_dict

from rag.library.nodes import paper_metadata, passage_metadata, passage_name, split_name
from rag.types import Paper, PaperId, Passage

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_OF_OTHER_STORES = {"doc_id", "ref_doc_id"}
_IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(PaperId)


def _node(name: str, paper_id: str, text: str) -> TextNode:
    source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id=paper_id)}
    return TextNode(id_=name, text=text, metadata={"paper_id": paper_id}, relationships=source)


@given(_IDS, st.integers(0, 2_000), _TEXT)
def test_llama_index_reads_a_passage_as_the_node_that_it_would_build(
    paper_id: PaperId, ordinal: int, text: str
) -> None:
    metadata = passage_metadata(Passage(paper_id, ordinal, 0, len(text), text))
    assert metadata_dict_to_node(metadata) == _node(passage_name(paper_id, ordinal), paper_id, text)


@given(_IDS, _TEXT)
def test_llama_index_reads_a_paper_as_the_node_that_it_would_build(paper_id: PaperId, title: str) -> None:
    metadata = paper_metadata(Paper(paper_id, title, "An abstract."))
    assert metadata_dict_to_node(metadata) == _node(paper_id, paper_id, title)


def test_what_stands_beside_the_node_is_what_llama_index_filters_by() -> None:
    ours = passage_metadata(Passage(PaperId("a"), 0, 0, 4, "Text"))
    theirs = node_to_metadata_dict(_node("a#0", "a", "Text"), flat_metadata=True)
    del ours["_node_content"]
    assert ours == {key: theirs[key] for key in theirs.keys() - _OF_OTHER_STORES - {"_node_content"}}


def test_a_node_holds_no_field_that_llama_index_does_not_know() -> None:
    ours = json.loads(passage_metadata(Passage(PaperId("a"), 0, 0, 4, "Text"))["_node_content"])
    theirs = json.loads(str(node_to_metadata_dict(_node("a#0", "a", "Text"))["_node_content"]))
    assert ours.keys() <= theirs.keys()
    assert {key: theirs[key] for key in ours.keys() - {"relationships"}} == {
        key: ours[key] for key in ours.keys() - {"relationships"}
    }


@given(_IDS, st.integers(0, 2_000))
def test_a_passages_name_tells_its_paper_and_its_place(paper_id: PaperId, ordinal: int) -> None:
    assert split_name(passage_name(paper_id, ordinal)) == (paper_id, ordinal)
