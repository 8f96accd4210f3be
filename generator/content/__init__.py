"""Files → declarations, with the place of every entry, and back."""
