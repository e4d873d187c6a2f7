"""Files of other event data, read into rows that stand beside one's own; what is broken in them is mended or told.

In: files of GDELT (1.0 and 2.0 events, 2.0 mentions), POLECAT and ICEWS: plain, gzipped or zipped. Out:
`ImportedEvent`s and `ImportedMention`s for the archive, and a `Fault` for each thing that was wrong: where it was,
what was wrong, what was done. The room's parts:

    lines      from files to lines: gz, zip, encodings
    fitting    cells into their columns: stray tabs, cut ends, shifted columns, headers
    mending    single cells: codes that lost their zero, days in other forms, numbers
    layouts    the columns of each data set, and which cells can be told to be in the wrong one
    gdelt, polecat, icews    from cells to our codes
    intake     all of it, a file at a time

What cannot be mended for sure is refused and told, never guessed; the rest of the file goes on. The original line is
kept with every row.
"""
