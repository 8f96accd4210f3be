"""One reader a kind of document: each returns the grid of cells that the document shows."""
