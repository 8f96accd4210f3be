"""The form as types: what a declaration is."""
