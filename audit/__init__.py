"""What is promised about privacy, claim by claim, each with what was seen when it was last looked at."""
