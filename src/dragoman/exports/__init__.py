"""Entries out of the archive in the layouts that other tools read.

In: an archive, a format, a kind of entry, filters. Out: files, or text bit by bit. Reads rows and changes nothing. The
room's parts:

    layouts     columns as declared data: what a file holds, in which order, by whose convention
    sides       events as sources and targets; stable ids; what may go into a file
    sentences   the number of a sentence
    tabs        tables parted by tabs, written strictly
    gdelt, polecat, icews, petrarch2, phoenix    one format each: its columns, and how an event becomes a row
    ftm         FollowTheMoney entities
    parquet     the columns of CSV with their types
    spans       the words each row rests on, for formats without room for them
    together    one's own events and imported ones in one table
    formats     all formats by name, and what each is made of
    files       files that appear whole or not at all, and what stands beside them
    frames      pandas tables; frame_columns: what they hold

JSON Lines and CSV themselves are the record's own (`dragoman.record.export`).

Rules that hold for all formats of other systems: codes are text and stand in the codebook, there is no default code,
what was denied or only supposed is left out unless asked for, an id is the same in every export, one row is one event
however many reports tell it (or one telling, where that is asked for), a country is no point on a map, and what is
left out is counted.
"""
