"""Two fictional customers, to try everything out with.

Belongs here: their descriptions and their files. Does not belong here: anything about a real customer, and any rule:
a demo register is read like every other.
"""
