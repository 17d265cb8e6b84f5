"""What is each part of the ranking worth? `python -m eval.bench.ablation [PAGE...] [--beir FOLDER]`.

Searches with every variant of the settings in turn, question by question, over libraries that are
encoded once: the parts added one after the other, each compared with the row above, then all parts
but one, each compared with all. Prints Markdown tables: means, paired differences with 95 % bootstrap
intervals, and the CPU milliseconds of a search beyond the encoder (p50 of 30 questions, warm).

Reference questions are of the kind that the product reads in their words; a claim of a BEIR set such
as SciFact asks for the paper that bears it out, a fact. `--half tune` takes the questions that weights
may be chosen on: of a BEIR folder those of `qrels_train.tsv`.
"""
