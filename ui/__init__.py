"""The faces of Footnote: terminal and browser. They call `rag`, never the other way round."""
