"""What can be said about declarations that stand beside each other."""
