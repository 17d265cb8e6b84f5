"""Papers side by side, and who says what."""
