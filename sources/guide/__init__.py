"""The page for a customer's contact person: what is read of their register, in which form, and what comes back.

Belongs here: the page and its templates. Does not belong here: the rules that it speaks of.
"""
