"""Deals under review: which ones, in how many processes, what is found, and what they were at a git revision."""
