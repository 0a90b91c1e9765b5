"""Every key that an author may write stands in the authors' reference."""

import re

import pytest

from tests.dialogue.talk import FLOWS
from voicebot.dialogue import loader, reading
from voicebot.dialogue.flow import ACTIONS, OUTCOMES, SLOT_TYPES
from voicebot.dialogue.lint_names import BUILT_IN, CALL_NAMES

PAGE = (FLOWS.parent / "docs" / "flows.md").read_text(encoding="utf-8")
WORDS = {
    *reading.FLOW_KEYS, *reading.STEP_KEYS, *reading.COLLECT_KEYS, *loader.SECTIONS,
    *loader.SLOT_KEYS, *loader.MAPPING_KEYS, *loader.MAPPING_TYPES, *loader.VARIATION_KEYS,
    *ACTIONS, *OUTCOMES, *SLOT_TYPES, *BUILT_IN, *CALL_NAMES,
}  # fmt: skip


@pytest.mark.parametrize("word", sorted(WORDS))
def test_documented(word):
    code = " ".join(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))
    assert re.search(rf"(?<!\w){word}(?!\w)", code), f"docs/flows.md does not tell of {word}"


def test_the_example_is_right(tmp_path):
    example = re.search(r"```yaml\n(flows:.*?)```", PAGE, re.DOTALL)[1]
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "flows.yml").write_text(example, encoding="utf-8")
    flows = loader.load_flows(FLOWS, folder, {"greeting": "Bonjour.", "company": "X"})
    assert flows.flows["booking"].own
