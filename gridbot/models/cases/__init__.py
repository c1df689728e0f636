"""Tickets and whatever else has stages: their rows, lawful moves, owners, deadlines and papers."""
