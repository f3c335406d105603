"""How likely two records are one person, by a frozen model: for the queue that people look at, never to join by.

Belongs here: candidate pairs, their comparisons and scores, the model as it was trained, the command that trains it
anew, and the generated register that it is trained on. Does not belong here: rules that join
(`register.matching.rules`), or what is asked of a person.
"""
