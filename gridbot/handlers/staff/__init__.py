"""The staff's own affairs: posts, leave, handing over, scores, and what a leader may ask of his territory."""
