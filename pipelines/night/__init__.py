"""The morning after: what is said of a night, and to whom.

Belongs here: the page of a night, alerts, and the watch that sends them. Does not belong here: how a night is found
(`assets.night`), or what a person types (`pipelines.command`).
"""
