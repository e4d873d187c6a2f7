"""Migrations of the archive: each file in `versions` leads from one schema to the next, oldest first.

A migration spells out its tables itself and imports nothing from the package but what stands here, which is added to
and never changed, so that it does the same for ever.

    guard     tables that only grow
    postgres  what PostgreSQL needs in its own way: text in the order of code points, the index of words

All that are due run in one transaction: an archive is wholly of one version or of the other.
"""
