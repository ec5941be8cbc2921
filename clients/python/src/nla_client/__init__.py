"""Reads a language model's activations in words, from a running ``nla serve``."""

from .client import NLA, Extracted
from .errors import NLAError

__all__ = ["NLA", "Extracted", "NLAError"]
