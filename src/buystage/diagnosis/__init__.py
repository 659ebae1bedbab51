"""The domain: from answers to everything that is said about a deal on a day."""
