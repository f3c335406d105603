"""Customers' registers: how they are described, and how they are read.

Belongs here: the description of a source, readers, intake, mapping and filters. Does not belong here: the central
register (`register`), or what a correct record is (`schemas`).
"""
