"""What exists is documented: settings, commands, decision records."""

import re
from pathlib import Path

import typer.main

from voicebot.cli import app
from voicebot.settings import Settings

ROOT = Path(__file__).parent.parent


def test_every_setting_is_documented():
    page = (ROOT / "docs/settings.md").read_text()
    missing = [name for name in Settings.model_fields if f"`VOICEBOT_{name.upper()}`" not in page]
    assert not missing


def test_no_setting_is_documented_that_does_not_exist():
    page = (ROOT / "docs/settings.md").read_text()
    named = {name.lower() for name in re.findall(r"`VOICEBOT_([A-Z_]+)`", page)}
    assert named == set(Settings.model_fields)


def test_every_command_is_documented():
    page = (ROOT / "docs/commands.md").read_text()
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():
        names += [f"{name} {sub}" for sub in getattr(command, "commands", [])] or [name]
    missing = [name for name in names if f"`voicebot {name}" not in page]
    assert not missing


def test_decision_records_are_numbered_in_order():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_links_between_documents_lead_somewhere():
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert not broken
