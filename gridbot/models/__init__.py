"""What is true: rows, their lawful changes, and who may see what."""

import tortoise.models

# Tortoise parses the source of every model for `#:` comments on columns. There are none here, and
# looking for them takes a third of a second of every start.
tortoise.models._get_comments = lambda cls: {}
