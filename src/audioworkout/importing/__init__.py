"""Articles, leaflets, whiteboards and tables read into routine files.

    source     bytes                     `sources`: a file, a page of the web, or standard input
       | read  html_reader, documents    -> Document   lines with the marks they had
       | roles facts, whiteboard         -> Outline    items with their evidence, blocks, days
       v write compose, writing          -> Written    the text of a routine file, and its doubts

What phrasings mean is told in `rules/`: a file of the kinds, and one of the words of each language.
"""

from audioworkout.importing.convert import Imported, ImportOptions, import_document
from audioworkout.importing.documents import Source, SourceError, read_document
from audioworkout.importing.refusals import NoWorkoutError
from audioworkout.importing.writing import PreviewRow, Written

__all__ = [
    "ImportOptions",
    "Imported",
    "NoWorkoutError",
    "PreviewRow",
    "Source",
    "SourceError",
    "Written",
    "import_document",
    "read_document",
]
