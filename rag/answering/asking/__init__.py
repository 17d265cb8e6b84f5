"""What a question asks, of which papers, and in which conversation."""
