"""Tickets, errands and disputes past a moment: who is told, who is next, what lapses."""
