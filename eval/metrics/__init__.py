"""What is measured: one small module a family, each definition with its source and a worked example. Pure."""

from eval.metrics.intervals import bootstrap_interval
from eval.metrics.ranking import ndcg_at_k, recall_at_k

__all__ = ["bootstrap_interval", "ndcg_at_k", "recall_at_k"]
