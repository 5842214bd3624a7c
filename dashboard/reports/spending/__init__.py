"""Overtime beside its budget: the ledger of whole pence, and where the year will end."""
