"""Suppression: whoever was erased does not come back (SUP-01 to SUP-12).

Belongs here: keys, tokens, the list of them, and the check of rows against it. Does not belong here: erasing
(`register.erasure`), or reading rows (`sources`).
"""
