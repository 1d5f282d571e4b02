"""``python -m cleanarticle``."""

from .cli import run

run()
