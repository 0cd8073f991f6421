"""The journal: entries, their tags, and how a tag is found. Pure."""
