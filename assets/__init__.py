"""Where sources and register meet, and what Dagster shows of it.

Belongs here: reading a source into the register's staging, and thin Dagster assets, checks and resources around it.
Does not belong here: how a register is read (`sources`), how it is merged (`register`), or when (`pipelines`).
"""
