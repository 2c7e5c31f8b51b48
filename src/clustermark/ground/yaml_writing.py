"""Plain data → YAML that people like to read and that means the same to every parser (1.1 and 1.2).

Keys keep their order; lists of numbers and short mappings stand on one line, long texts in blocks; a
text that any parser could take for something else (`no`, `2.5`, `2024-01-31`) is quoted.
`clustermark.ground.yaml12.parse_yaml` reads exactly the same data back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from clustermark.ground.yaml12 import plain_scalar

WIDTH = 100
_FLOW_WIDTH = 88
# what only some parsers read as a truth value or a number
_AMBIGUOUS = re.compile(r"([yYnN]|[-+]?0[oOxX][0-9a-fA-F]+|[-+]?[0-9.]+[eE][-+]?[0-9]+)\Z")


class _Dumper(yaml.SafeDumper):
    """SafeDumper with texts quoted for YAML 1.2 too, exact numbers, and short things on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        """Equal things are written out each time: aliases are not used in our files."""
        del data
        return True

    def represent(self, data: Any) -> None:
        """Write the document; its outermost mapping always stands in lines of its own."""
        node = self.represent_data(data)
        if isinstance(node, yaml.MappingNode):
            node.flow_style = not data
        self.serialize(node)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their key."""
        del indentless
        super().increase_indent(flow, False)


def write_yaml(data: Any) -> str:
    """`data` (mappings, lists, texts, numbers, truth values, None) as YAML text."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


def write_sections(data: Mapping[str, Any]) -> str:
    """A document as YAML text with an empty line before each section that spans several lines."""
    text = ""
    after_block = False
    for key, value in data.items():
        part = write_yaml({key: value})
        block = part.count("\n") > 1 and isinstance(value, dict | list)
        text += ("\n" if text and (block or after_block) else "") + part
        after_block = block
    return text


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if not isinstance(plain_scalar(text), str) or _AMBIGUOUS.match(text):
        style = '"'
    elif "\n" in text.strip("\n"):
        style = "|"
    elif len(text) > _FLOW_WIDTH and "\n" not in text and not text[0].isspace():
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _decimal(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value.normalize(), "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _sequence(dumper: _Dumper, items: list[Any] | tuple[Any, ...]) -> yaml.SequenceNode:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=False)
    node.flow_style = _fits_one_line(node.value)
    return node


def _mapping(dumper: _Dumper, items: Mapping[str, Any]) -> yaml.MappingNode:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", items.items(), flow_style=False)
    node.flow_style = _fits_one_line([part for pair in node.value for part in pair])
    return node


def _fits_one_line(parts: list[yaml.Node]) -> bool:
    if not all(isinstance(part, yaml.ScalarNode) and part.style not in {"|", ">"} for part in parts):
        return False
    return sum(len(part.value) + 2 for part in parts) <= _FLOW_WIDTH and not any(
        "\n" in part.value for part in parts
    )


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(tuple, _sequence)
_Dumper.add_representer(dict, _mapping)
