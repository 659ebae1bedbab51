"""Which question comes next, and what a reply answers."""
