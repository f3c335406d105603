"""Matching: which records of one customer speak of one person or company, and what the golden record of it says.

Belongs here: keys, rules, vetoes, clusters, links, decisions and golden records. Does not belong here: reading or
merging customers' registers; matching reads records and never writes one.
"""
