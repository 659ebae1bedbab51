"""Deals: their files read and saved, drafts, the words of CRMs."""
