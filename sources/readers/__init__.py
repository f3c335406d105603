"""How registers are read.

Belongs here: one reader for each kind of file or API, all handing over `base.Chunk`. Does not belong here: mapping,
filtering and cleaning what was read.
"""
