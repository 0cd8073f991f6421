"""What the loop needs from the outside world, and what it promises to each.

Every method returns at once unless its docstring says that it waits; every edge raises only `JournalError`s.
"""
