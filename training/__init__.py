"""Learns how people tell of moods, dreams and experiments, from entries written for it and from nothing else."""
