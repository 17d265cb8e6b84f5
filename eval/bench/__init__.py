"""Benchmarks that anyone can run: `python -m eval.bench.NAME`."""
