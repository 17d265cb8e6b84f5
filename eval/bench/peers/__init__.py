"""Footnote and its peers, in one run: `python -m eval.bench.peers PAGE... [--beir FOLDER] [--json]`.

Each system is set up as its own documents show, with the same weights (all-MiniLM-L6-v2), the same
texts (title and abstract) and the same questions. Each has a process of its own, so that memory can be
told apart; questions go to all of them in turn, so that noise of the machine hits all alike. A peer
that is not installed is named and left out: pip install '.[bench]' in an environment of its own.
"""
