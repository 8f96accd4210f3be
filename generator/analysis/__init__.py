"""What declarations mean to a reader: figures, promises through the years, changes."""
