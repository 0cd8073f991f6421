"""Bad input on purpose: what `make fuzz` and `tests/test_fuzz.py` throw at whatever reads something."""
