"""What is printed: tables and marked text on a terminal, one line an entry in a pipe.

In: records and the archive's rows. Out: text on standard output; progress, complaints and summaries on standard error.
Whatever comes from a report is freed of control characters first, so that no report can steer a terminal.

    wording    what codes, dates and parties are called; text made safe to print
    screen     the two consoles, and which form the output takes
    palette    one colour for each side, readable on light and dark
    marked     a report's text with actors, triggers, evidence and contents marked
    columns    tables that fit, without cutting words
    tables     the tables of one record
    view       a whole record on a terminal
    shelf      lists of an archive: reports and search hits
    pair       two states: which are meant, their colours
    told       what entries between states are called
    dyad       two states by month and in one timeline
    readouts   one contact as two sides tell it
    reasons    why each code
    upkeep     an archive as a whole: its figures, what a check found, what a copy came to
    plain      the same as lines for a pipe
    progress   the bar
    taking     from sources to records, naming each source that cannot be read
    guard      from errors to plain sentences and exit codes

Part of the top floor: no other room imports it.
"""
