"""Declarations → files for people and machines: the official form, open data, feeds. One module a format."""
