"""What a team and a user have set."""
