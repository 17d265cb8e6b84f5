"""Single checks of a sentence against the words of its sources, by rule and without a model. Pure."""
