"""Turns the yearly performance-target declarations in content/ into a public site."""
