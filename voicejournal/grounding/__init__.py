"""Grounding: a script of sentences and rests, and what makes one bearable. Pure."""
