"""The terminal: consoles and colour, menus and plain prompts, where lines break."""
