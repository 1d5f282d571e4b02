"""News and blog articles, as HTML or as scraped text, to one clean record.

>>> from cleanarticle import clean
>>> clean("Pier to stay closed\\n\\nBy Jane Doe\\n\\nThe harbour authority said on Tuesday that the pier would stay closed.").byline
'By Jane Doe'
"""

from .model import Article, Block, Dateline, InputError, Kind
from .pipeline import clean

__version__ = "0.1.0"

__all__ = ["Article", "Block", "Dateline", "InputError", "Kind", "__version__", "clean"]
