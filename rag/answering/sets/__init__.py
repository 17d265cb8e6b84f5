"""Set questions: a verdict on every paper, by estimate or by a model, and the answer with its count and rows."""
