"""What falls due without a message: visits, reports by the calendar, campaigns, people in care."""
