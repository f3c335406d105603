"""A register of persons that do not exist, with the truth about who is who.

Belongs here: names, persons, their records and what goes wrong with records. Does not belong here: anything that
matches. It needs Faker, which the extra `train` brings.
"""
