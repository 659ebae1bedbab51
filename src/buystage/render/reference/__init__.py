"""Playbooks, signals, rules, settings and schemas to read."""
