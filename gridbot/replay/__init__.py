"""Playing a chat log (or a test's words) against the complete program, with the log's own clock."""
