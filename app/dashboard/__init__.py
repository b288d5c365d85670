"""Pages made of several domains: home, the organiser's overview, the participant's own page, the wall."""
