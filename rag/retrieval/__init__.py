"""Question -> Ranking: papers in order, each with the words that speak for it."""
