"""Ground floor: what a correct record is.

Belongs here: record models, kinds of value, detectors, the catalogue they form, and the value-free report of what
failed. Does not belong here: any input or output, and any knowledge of where records come from or go to.
"""
