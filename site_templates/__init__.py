"""No code: what the generator reads beside content/, as a package so that it comes along in the wheel."""
