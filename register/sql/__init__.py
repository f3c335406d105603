"""The statements themselves, as ``.sql`` files.

Belongs here: SQL longer than a line or two, each under its name. Does not belong here: Python.
"""
