"""YAML text to plain data: safe tags only, dates as text, no key twice."""

from __future__ import annotations

from typing import Any, ClassVar

import yaml
from yaml import YAMLError
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

__all__ = ["YAMLError", "plain"]


class _Loader(_Safe):  # type: ignore[misc]
    """The safe loader; where YAML would let the last of two equal keys win in silence, it refuses.

    Dates stay text, also those of no day: 2024-02-31 is a fault of its entry, which has a name, not of the file.
    """

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in _Safe.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str):
                if key.value in seen:
                    raise ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def plain(text: str) -> Any:
    """The data of one YAML document.

    Raises:
        YAMLError: when it is none; `problem_mark`, where it has one, says the line.
    """
    return _plain(yaml.load(text, Loader=_Loader))


def _plain(value: Any) -> Any:
    """Keys as text, so that compiled files read back the same."""
    if isinstance(value, dict):
        return {str(k) if not isinstance(k, str) else k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value
