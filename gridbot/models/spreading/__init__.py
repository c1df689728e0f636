"""One to many: announcements and who has them, calls, meetings, trainings."""
