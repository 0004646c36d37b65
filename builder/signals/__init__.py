"""The signs and words by which authors mark the parts of a question."""

from builder.signals.labels import split_label
from builder.signals.phrases import asks, bare, instructs

__all__ = ["asks", "bare", "instructs", "split_label"]
