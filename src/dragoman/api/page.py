"""A page that shows the OpenAPI document: one piece of HTML without scripts, and without anything from elsewhere.

In: the document. Out: HTML; every text in it is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #6a6f76; --accent: #0b6e99; }
@media (prefers-color-scheme: dark) { :root { --quiet: #a0a6ad; --accent: #62b8dd; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
details { border-top: 1px solid var(--line); padding: .35rem 0; }
summary { cursor: pointer; display: flex; gap: .75rem; flex-wrap: wrap; }
code { font: 13px ui-monospace, monospace; } .verb { color: var(--accent); width: 3rem; } .says { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
td { border-top: 1px solid var(--line); padding: .2rem .5rem .2rem 0; vertical-align: top; }
pre { overflow-x: auto; background: #8881; padding: .75rem; }
"""


def page(told: dict[str, Any]) -> str:
    """The page of a document."""
    return "".join(_page(told))


def _page(told: dict[str, Any]) -> Iterator[str]:
    title = escape(f"{told['info']['title']} {told['info']['version']}")
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
    for part in told["info"]["description"].split("\n\n"):
        yield f"<p>{_words(part)}</p>"
    yield '<p>The whole document, for machines: <a href="openapi.json">openapi.json</a></p>'
    for tag in told["tags"]:
        yield f'<h2 id="{escape(tag["name"])}">{escape(tag["name"].capitalize())}</h2>'
        yield f"<p>{_words(tag['description'])}</p>"
        for path, operations in told["paths"].items():
            for method, operation in operations.items():
                if tag["name"] in operation.get("tags", ()):
                    yield from _operation(path, method, operation)
    yield "</main></body></html>"


def _operation(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<details id="{escape(operation["operationId"])}"><summary><code class="verb">{method.upper()}</code>'
    yield f'<code>{escape(path)}</code><span class="says">{_words(operation["summary"])}</span></summary>'
    yield f"<p>{_words(operation.get('description', ''))}</p>"
    if operation.get("parameters"):
        yield "<table>"
        for one in operation["parameters"]:
            must = " (needed)" if one["required"] else ""
            words = _words(one.get("description", "")) + escape(must)
            yield f"<tr><td><code>{escape(one['name'])}</code></td><td>{words}</td>"
            yield f"<td><code>{escape(_shape(one['schema']))}</code></td></tr>"
        yield "</table>"
    for media in operation.get("requestBody", {}).get("content", {}).values():
        examples = [e["value"] for e in media.get("examples", {}).values()]
        examples += media.get("schema", {}).get("examples", [])
        for example in examples:
            yield f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"
    codes = ", ".join(sorted(operation["responses"]))
    yield f'<p class="says">Answers: {escape(codes)}</p></details>'


def _shape(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"])
    example = next(iter(schema.get("examples", ())), None)
    kind = schema.get("format") or schema.get("type", "")
    return f"{kind}, such as {example}" if example is not None else str(kind)


def _words(text: str) -> str:
    """Escaped, with what stands between backticks as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
