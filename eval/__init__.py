"""Measuring Footnote: benchmarks now; reference questions, runs and reports to come."""
