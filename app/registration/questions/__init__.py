"""What an organiser asks beyond the usual: each question with a purpose, a time after which answers go."""
