"""Measuring Footnote: reference questions, metrics and benchmarks."""
