"""Announcements, meetings, calls and posts at their time."""
