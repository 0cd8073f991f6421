"""Speaking: sentences, rests and cues become frames, sample by sample. Pure."""
