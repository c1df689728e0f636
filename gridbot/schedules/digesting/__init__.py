"""What a leader or a subscriber reads of a day, a week, a month."""
