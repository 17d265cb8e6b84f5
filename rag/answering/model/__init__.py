"""A chat model: the protocol, and a model inside this process."""
