"""Templates: data in, escaped HTML out.

Everything a template is given is escaped; there is no way around it in any template (a test reads them all), so a
report that holds markup shows it as text. Values that are HTML already are `Markup` made by these same templates.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dragoman.web.parts import words
from dragoman.web.parts.address import to

TEMPLATES = Path(__file__).parent.parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(words.FILTERS)
    made.globals.update(to=to, QUADS=words.QUADS, BASIS=words.BASIS, KINDS=words.KINDS)
    return made


def render(template: str, **facts: Any) -> Markup:
    """A template's HTML."""
    return Markup(_environment().get_template(template).render(facts))
