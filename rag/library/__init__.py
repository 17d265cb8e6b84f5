"""What is stored, and how it stays consistent. `library.Library` is the one door."""
