"""Environment variables in, settings out: the only reader of the environment."""
