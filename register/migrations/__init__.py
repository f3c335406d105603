"""Alembic migrations of the central register.

Belongs here: the steps from one shape of the database to the next. Does not belong here: the shape itself, which
`register.tables` declares; a test holds the two equal.
"""
