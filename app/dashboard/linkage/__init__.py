"""The organiser's linkage pages."""
