"""The pages: chat, console, what is open to anybody; the HTTP interface; what a watchman asks."""
