"""Points: sums, weights, and what scores follow from."""
