"""What a worker owes without being asked: visits, rounds, screenings, the register, the signed month."""
