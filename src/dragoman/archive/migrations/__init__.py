"""Migrations of the archive: each file in `versions` leads from one schema to the next, oldest first.

A migration spells out its tables itself and imports nothing from the package, so that it does the same for ever.
All that are due run in one transaction: an archive is wholly of one version or of the other.
"""
