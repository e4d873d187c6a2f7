"""What we are willing to state: frozen entries, their assembly from the codings, and their export."""
