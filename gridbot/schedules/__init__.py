"""What the clock starts. A job gets rows that are due and the moment, and returns what is to be said."""
