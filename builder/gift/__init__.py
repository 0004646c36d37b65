"""Moodle's GIFT format: the signs of its text, and what stands in its braces."""
