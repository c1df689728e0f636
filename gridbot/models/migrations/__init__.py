"""Schema changes, oldest first; made by `make migration`."""
