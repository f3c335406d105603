"""Retention: the engine that ends what has outlived its purpose.

Belongs here: what is due by the policy on a business date, and doing it. Does not belong here: the policy itself
(`schemas.retention`), or how a record is removed (`register.removal`).
"""
