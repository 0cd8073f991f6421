"""An offline voice journal for the time between therapy sessions."""

__version__ = "0.1.0"
