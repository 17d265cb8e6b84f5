"""The writers: quotes that need no model, and prose by one."""
