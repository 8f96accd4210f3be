"""Turns the yearly performance-target declarations in content/ into a public site."""

__version__ = "0.1.0"
