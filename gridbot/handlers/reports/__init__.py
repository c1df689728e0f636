"""What comes in: a resident's words, from the first guess to the opened ticket or the answer without one."""
