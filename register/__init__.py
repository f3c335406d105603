"""The central register as a plain library.

Belongs here: tables and migrations, batches and staging, plan, guards, merge, decisions. Does not belong here: how a
customer's register is described or read (`sources`), and anything of Dagster (`assets`, `pipelines`).
"""
