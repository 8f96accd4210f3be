"""Text data → YAML, one entry a line, as `yaml_reader` reads it back: every scalar is text and needs no quotes."""

from __future__ import annotations

import re

import yaml

from generator.content.yaml_reader import Data
from generator.declaration.model import Section


class _TextDumper(yaml.SafeDumper):
    """Writes every scalar as text: `2024` needs no quotes, since the reader does not guess types either."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent list items below their key, as clerks expect of an outline."""
        super().increase_indent(flow, False)

    def write_blank(self, _value: None) -> yaml.Node:
        """Leave an absent value blank."""
        return self.represent_scalar("tag:yaml.org,2002:str", "")

    def write_text(self, value: str) -> yaml.Node:
        """Quote an empty text, to tell it from a blank."""
        return self.represent_scalar("tag:yaml.org,2002:str", value, style=None if value else "'")


_TextDumper.add_representer(str, _TextDumper.write_text)
_TextDumper.add_representer(type(None), _TextDumper.write_blank)


def dump(data: Data) -> str:
    """Write text data as YAML, one entry a line, nothing wrapped; `load` reads the same data back."""
    return yaml.dump(
        data, Dumper=_TextDumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
    )


def to_yaml(section: Section) -> str:
    """Write a section as the YAML file that reads as itself: labels, order and text as they were."""
    return dump(section.model_dump(by_alias=True, exclude_unset=True))
