"""Visits and reports by the calendar: planned at night, reminded of, told upwards when late."""
