"""The shapes of files and of what is known: playbooks, signals, deals, answers, findings."""
