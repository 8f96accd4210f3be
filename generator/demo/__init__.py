"""The content of a fictional district."""
