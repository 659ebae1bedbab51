"""Files: the text, strict YAML with its places, what may be opened, writing whole or not at all."""
