"""What is done with an opened ticket, word by word, until the resident has been answered."""
