"""Ways of writing a quiz, one per module."""
