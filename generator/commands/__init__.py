"""What each command does with its options (argparse's); returns its exit code."""
