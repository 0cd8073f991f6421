"""Hearing: frames of sound become stretches of voice, and stretches become words. Pure."""
