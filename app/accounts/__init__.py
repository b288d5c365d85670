"""People who organise: their accounts, signing in and out, sessions that can be revoked."""
