"""Detectors: what must not be in any cell, key or file name.

Belongs here: finding such values, cell by cell, without ever returning them. Does not belong here: what becomes of the
row.
"""
