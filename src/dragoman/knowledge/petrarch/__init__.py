"""Dictionaries of other coders, in the formats of TABARI, PETRARCH and PETRARCH2, made a folder of our YAML.

In: verb, actor and agent dictionaries. Out: persons/, bodies/, states/, triggers/ and offices.yaml to lay over ours,
and a list of all that could not be carried over, with file, line and reason. Reading reports needs nothing of it.

The formats are described in public: "PETRARCH Dictionary Formats" (docs of openeventdata/petrarch2, and the README of
openeventdata/Dictionaries), the verb patterns of PETRARCH2 in its "PETRARCH 2: PETRARCHer", and what both build on in
chapter 5 of the TABARI manual. Only the formats are known here; dictionaries are the user's to bring.

    text      files to numbered lines without comments
    verbs actors agents    one reader for each kind of dictionary
    codes     CAMEO's codes of countries, sectors and events in ours
    patterns frames    verbs and patterns to frames of the lexicon
    names known people offices    actors and agents to entries of the world
    folder    entries to YAML files
    importing all of it together
"""

from dragoman.knowledge.petrarch.importing import Imported, import_dictionaries
from dragoman.knowledge.petrarch.ledger import Left

__all__ = ["Imported", "Left", "import_dictionaries"]
