"""What holds in every test: a record that any of them makes is valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from cleanarticle import Article
from cleanarticle.schema import schema

# A busy machine is no fault of the code: tests that bound time do so in CPU seconds, not by hypothesis' wall clock.
settings.register_profile("cleanarticle", deadline=None)
settings.load_profile("cleanarticle")

MOST_BLOCKS = 300  # blocks of a record that are checked; hostile pages have a hundred thousand


@pytest.fixture(autouse=True, scope="session")
def _every_record_is_valid() -> Iterator[None]:
    """Check each record against the JSON Schema as it is made."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema())
    plain = Article.to_dict

    def checked(self: Article, *, audit: bool = False) -> dict[str, Any]:
        record = plain(self, audit=audit)
        validator.validate(record | {"blocks": record["blocks"][:MOST_BLOCKS]} if audit else record)
        return record

    Article.to_dict = checked  # type: ignore[method-assign]
    yield
    Article.to_dict = plain  # type: ignore[method-assign]
