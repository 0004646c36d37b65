"""Rules on form: what is wrong with a quiz, whoever judges it."""
