"""Footnote's library: saved pages in, cited answers out. It knows no screen."""
