"""What words mean, as numbers: texts that say alike have vectors that point alike.

In: texts. Out: unit vectors (`Sentences`), and of a report its `gist`, which the record keeps, so that an archive can
compare reports without a model. Refuses nothing; where the model is not installed a `ModelError` says so.

    sentences   the model
    gist        a report's title and beginning as a vector, and a vector as text
"""

from dragoman.meaning.sentences import WIDTH, Sentences

__all__ = ["WIDTH", "Sentences"]
