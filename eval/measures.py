"""The measures that a run is scored by: what each is called, which questions it applies to, what is good.

How each is computed stands in `eval.metrics`, with its source and a worked example.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.reference import ANSWERABLE

_EXPLAINED = ("fact", "compare", "howwhy", "followup")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure from 0 to 1. `worst` is what a crashed question gets; `types` are those it applies to."""

    name: str
    label: str
    group: str
    types: tuple[str, ...] = ANSWERABLE
    worst: float = 0.0

    @property
    def lower_is_better(self) -> bool:
        """Tell whether 0 is the best value."""
        return self.worst > 0


MEASURES = (
    Measure("ndcg10", "nDCG@10", "retrieval"),
    *(Measure(f"recall{k}", f"R@{k}", "retrieval") for k in (5, 10, 20, 50)),
    Measure("rr", "RR", "retrieval"),
    Measure("rprec", "R-precision", "retrieval"),
    Measure("judged10", "judged@10", "retrieval"),
    Measure("cited_precision", "cited precision", "sets"),
    Measure("cited_recall", "cited recall", "sets"),
    Measure("cited_f1", "cited F1", "sets"),
    Measure("meets_precision", "meets precision", "sets"),
    Measure("meets_recall", "meets recall", "sets"),
    Measure("meets_f1", "meets F1", "sets"),
    Measure("partly_precision", "partly precision", "sets"),
    Measure("partly_recall", "partly recall", "sets"),
    Measure("partly_f1", "partly F1", "sets"),
    Measure("citation_precision", "citation precision", "citations"),
    Measure("citation_recall", "citation recall", "citations"),
    Measure("supported", "sentences kept", "citations"),
    Measure("true_spans", "true quotes", "citations"),
    Measure("nugget_recall", "nugget recall", "content", types=_EXPLAINED),
    Measure("false_refusal", "false refusals", "abstention", worst=1.0),
    Measure("right_refusal", "right refusals", "abstention", types=("unanswerable",)),
    Measure("off_topic_refused", "off-topic refused", "abstention", types=("unanswerable",)),
    Measure("near_miss_refused", "near misses refused", "abstention", types=("unanswerable",)),
    Measure("right_referent", "right referent", "follow-ups", types=("followup",)),
    Measure("stability", "cited set, stable", "stability", types=(*ANSWERABLE, "unanswerable")),
)
BY_NAME = {measure.name: measure for measure in MEASURES}
