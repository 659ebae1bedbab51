"""Playbooks and signals: found, read, checked and put on a shelf. The YAML itself stands in `buystage/playbooks`."""
