"""Who is meant: mentions found, resolved and gathered into a cast."""
