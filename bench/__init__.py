"""The figures of the design's table, measured from outside on real recordings. `python -m bench` prints them."""
