"""One to many: announcements, calls to the staff, meetings, trainings, crises, a digest of one's own."""
