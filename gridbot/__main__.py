"""`python -m gridbot` is the same as `gridbot`."""

from gridbot.cli import main

main()
