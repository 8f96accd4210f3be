"""Results against their promises."""
