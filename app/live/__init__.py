"""Live pages: version numbers that rise with every change, and one small route that tells which moved."""
