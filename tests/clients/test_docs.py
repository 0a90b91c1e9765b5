"""docs/clients.md describes every key of client.yml."""

from pathlib import Path

import pytest
import yaml

from voicebot.clients.hours_schema import ClosureSpec, HoursSpec, OverflowSpec, ReplacementSpec
from voicebot.clients.schema import ClientSpec, RuleSpec, SituationSpec, WhenSpec

PAGE = Path("docs/clients.md").read_text(encoding="utf-8")
KEYS = [
    field.alias or name
    for spec in (
        ClientSpec,
        HoursSpec,
        ClosureSpec,
        ReplacementSpec,
        OverflowSpec,
        SituationSpec,
        RuleSpec,
        WhenSpec,
    )
    for name, field in spec.model_fields.items()
]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_documented(key):
    assert f"`{key}`" in PAGE or f"{key}:" in PAGE


def test_the_example_on_the_page_is_read():
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    spec = ClientSpec.model_validate(yaml.safe_load(example))
    assert spec.company == "Plomberie Moreau"
