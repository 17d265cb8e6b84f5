"""What grows with the library? `python -m eval.bench.scale [--sizes 1000 10000 100000] [--home FOLDER]`.

Builds a library of made-up papers for each size (`eval.bench.corpus`), and asks it the reference
questions in a fresh process. From `--synthetic-vectors-from` papers on, vectors are drawn instead of
encoded, and the table says so. A run can be stopped at any time: with the same --home it goes on
where it was. Tables are printed as they come; progress goes to the other stream.
"""
