"""What the papers do not say: refused, or answered in part, before a word is written."""
