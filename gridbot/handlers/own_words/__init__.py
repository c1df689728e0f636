"""What people say in words of their own: the command, the matter or the question it is."""
