"""Reads that only count: the numbers behind digests and pages."""
