"""From results to text: one module per format. Nothing is computed here that isn't in the result."""
