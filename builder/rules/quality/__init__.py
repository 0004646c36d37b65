"""Rules on quality: what test theory advises against, each with its source."""
