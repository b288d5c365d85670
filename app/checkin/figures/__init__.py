"""What is counted at the door: arrivals, the opening report, the register."""
