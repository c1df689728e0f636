"""gridbot reads along in a grid's WeChat groups, turns reports into tickets and sees them answered."""

__version__ = "0.1.0"
