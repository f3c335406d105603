"""What the detectors of words look for, one module per theme: a table each, in Finnish, Swedish and English.

Belongs here: stems, and phrases that hold a stem and mean something else. Does not belong here: how words are found
(`schemas.detectors.words`), or which themes make up which rule (`health`, `special`).
"""
