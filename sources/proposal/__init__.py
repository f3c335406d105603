"""The draft of a source file for a register that nobody has described yet.

Belongs here: looking at an unknown register in memory, and writing down what seems to stand in it. Does not belong
here: any decision; a person reads the draft, completes and confirms it. No value is kept, shown or written.
"""
