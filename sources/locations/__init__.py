"""The places where customers' files lie, and how files are found, opened and disposed of there.

Belongs here: the inbox folder, SFTP servers, S3 buckets, HTTPS sites. Does not belong here: which file is meant (see
`sources.intake`), and what is in it (see `sources.readers`).
"""
