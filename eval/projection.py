"""Make the projection of token vectors: `python -m eval.projection`.

Reads the bundled digests, takes the token vectors that carry a topic, and writes the first 64 right
singular vectors of them to `rag/library/projection.npy` (float16). The file is part of the encoder:
libraries that were encoded with another one do not compare.
"""

from __future__ import annotations

import numpy as np

import rag.library
from rag.library.encoder import Encoder
from rag.library.token_vectors import PROJECTION_FILE, TOKEN_DIMENSIONS, unit_rows
from rag.sample import read_sample
from rag.sources.reading import read_source


def main() -> None:
    """Write the file, and say how much of the vectors' length the projection keeps."""
    from rich.progress import track

    encoder = Encoder(threads=1)
    papers = read_source(read_sample(), source="sample").papers
    tokens = [
        unit_rows(encoder.topic_tokens(f"{paper.title}\n{paper.abstract}"))
        for paper in track(papers, "encoding")
    ]
    stacked = np.concatenate(tokens)
    # The eigenvectors of the small Gram matrix are the right singular vectors of the tall one.
    _, vectors = np.linalg.eigh(stacked.T @ stacked)
    matrix = vectors[:, ::-1][:, :TOKEN_DIMENSIONS].astype(np.float16)
    path = f"{rag.library.__path__[0]}/{PROJECTION_FILE}"
    np.save(path, matrix)
    kept = np.square(stacked @ matrix.astype(np.float32)).sum() / len(stacked)
    print(f"{len(stacked):,} tokens of {len(papers)} digests; {kept:.1%} of their squared length is kept")
    print(path)


if __name__ == "__main__":
    main()
