"""Who comes: registrants, lists that offices send, personal links and tickets."""
