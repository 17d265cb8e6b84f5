"""Questions about the library as a whole, answered by counting."""
