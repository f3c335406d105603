"""Erasing, restricting and finding a data subject.

Belongs here: whose rows they are, what goes and what the law keeps, and doing it again after a restore. Does not belong
here: removing rows (`register.removal`), or keeping them from coming back (`register.suppression`).
"""
