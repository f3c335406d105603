"""Minimisation at rest: what the register holds and should not.

Belongs here: the scan of all records by the detectors, and the questions of MIN-14 to MIN-16 and MIN-19. Does not
belong here: the detectors (`schemas.detectors`), or deleting anything; that is retention's.
"""
