"""Between office and neighbours: points, volunteers, questions, appointments, inquiries, scores."""
