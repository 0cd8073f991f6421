"""What the program does about what it hears: one function, one module for each activity. Pure."""
