"""What llama-index keeps of a node in a vector store, written without importing it.

Importing llama-index takes longer than storing 4,000 vectors, and its nodes a tenth of a millisecond
each. What `node_to_metadata_dict` writes is JSON whose other fields have defaults; a test reads ours
back with llama-index's own reader (docs/decisions/0019-nodes-are-written-here.md).
"""

from __future__ import annotations

import json

from rag.types import Paper, PaperId, Passage

_SEPARATOR = "#"
_SOURCE = "1"  # llama_index.core.schema.NodeRelationship.SOURCE
_TYPE = "TextNode"


def passage_name(paper_id: PaperId, ordinal: int) -> str:
    """Return the id of a passage's node.

    >>> passage_name(PaperId("a#1"), 2)
    'a#1#2'
    """
    return f"{paper_id}{_SEPARATOR}{ordinal}"


def split_name(name: str) -> tuple[PaperId, int]:
    """Return the paper and the ordinal that a passage's id names.

    >>> split_name("a#1#2")
    ('a#1', 2)
    """
    paper_id, _, ordinal = name.rpartition(_SEPARATOR)
    return PaperId(paper_id), int(ordinal)


def paper_metadata(paper: Paper) -> dict[str, str]:
    """Return the metadata of a paper's node, whose text is the title."""
    # The abstract's words stand in its passages; here they would only make the store larger.
    return _metadata(paper.id, paper.id, text=paper.title)


def passage_metadata(passage: Passage) -> dict[str, str]:
    """Return the metadata of a passage's node."""
    name = passage_name(passage.paper_id, passage.ordinal)
    return _metadata(name, passage.paper_id, text=passage.text)


def _metadata(name: str, paper_id: PaperId, *, text: str) -> dict[str, str]:
    node = {
        "id_": name,
        "metadata": {"paper_id": paper_id},
        "relationships": {_SOURCE: {"node_id": paper_id, "class_name": "RelatedNodeInfo"}},
        "text": text,
        "class_name": _TYPE,
    }
    # llama-index writes the paper's id under two more names, for other vector stores; each would be indexed.
    return {
        "paper_id": paper_id,
        "document_id": paper_id,
        "_node_content": json.dumps(node, ensure_ascii=False),
        "_node_type": _TYPE,
    }
