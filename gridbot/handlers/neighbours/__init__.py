"""What neighbours do for one another: questions to all, points, volunteers, things to lend, places nearby."""
