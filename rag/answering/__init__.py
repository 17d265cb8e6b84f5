"""Ranking -> Answer: who writes, and what may be shown."""
