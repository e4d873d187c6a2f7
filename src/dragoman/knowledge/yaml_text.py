"""YAML text to plain data: safe tags only, dates as text, no key twice."""

from __future__ import annotations

from typing import Any

import yaml
from yaml import YAMLError
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

__all__ = ["YAMLError", "plain"]


class _Loader(_Safe):  # type: ignore[misc]
    """The safe loader; where YAML would let the last of two equal keys win in silence, it refuses."""

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def plain(text: str) -> Any:
    """The data of one YAML document.

    Raises:
        YAMLError: when it is none; `problem_mark`, where it has one, says the line.
    """
    return _plain(yaml.load(text, Loader=_Loader))  # noqa: S506 - a safe loader


def _plain(value: Any) -> Any:
    """YAML's dates as text, so that compiled files read back the same."""
    if isinstance(value, dict):
        return {str(k) if not isinstance(k, str) else k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
