"""Papers on leaves and bark, of which much can be asked that they do not say."""

from __future__ import annotations

from rag.types import Paper, PaperId

PAPERS = (
    Paper(
        PaperId("leafnet"),
        "LeafNet: Telling Trees by their Leaves",
        "We present LeafNet, a network that tells trees by photographs of their leaves. It reaches 91.5% "
        "accuracy on Arbor20 and works without the need for hand-drawn outlines. LeafNet is trained on "
        "12,000 photographs within 3 hours on one GPU. We find that LeafNet is robust to photographs of wet leaves.",
    ),
    Paper(
        PaperId("barkscan"),
        "BarkScan: Trees from Bark Alone",
        "BarkScan recognises trees from the texture of their bark. On Bark50 the FID of its generated bark "
        "is 4.2. The data are released under a Creative Commons licence.",
    ),
    Paper(
        PaperId("drums"),
        "Counting Drum Beats",
        "A recurrent network counts drum beats in noisy recordings of street music.",
    ),
)
