"""Making playbooks of one's own: a starter, the check, the cases, how a question reads."""
