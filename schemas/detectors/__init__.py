"""Detectors: what must not be in any cell, key or file name.

Belongs here: finding such values, cell by cell, without ever returning them. Each detector is a module of its own, and
where it is a list, a table of patterns; `schemas.detectors.search` runs them all. Does not belong here: what becomes of
the cell or its row.
"""
