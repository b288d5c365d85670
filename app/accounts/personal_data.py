"""What accounts hold of people."""

TABLES = {
    "account_user": "Name and e-mail of organisers; emptied when the account closes, the row stays for the trail.",
    "account_role": "none",
    "account_user_role": "none",
    "account_login_session": "When somebody signed in; rows older than 30 days are deleted.",
}
