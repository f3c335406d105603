"""The roof: what runs when, with which settings, and what a person types.

Belongs here: definitions, jobs, schedules, settings, the command line. Does not belong here: how a source is read or
merged.
"""
