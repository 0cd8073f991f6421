"""What closes the network for the tests and for all that they start."""
