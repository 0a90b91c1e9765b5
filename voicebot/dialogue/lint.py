"""Checks a client's conversations before the night: names, questions, paths."""

from __future__ import annotations

from collections.abc import Collection

from voicebot.dialogue.finding import Finding
from voicebot.dialogue.flow import FlowSet
from voicebot.dialogue.lint_names import intent_findings, name_findings, response_findings
from voicebot.dialogue.lint_paths import path_findings
from voicebot.dialogue.lint_questions import question_findings


def lint(flows: FlowSet, intents: Collection[str] | None = None) -> list[Finding]:
    """All mistakes of `flows`, in the order of files and lines.

    Args:
        flows: as `load_flows` gave them.
        intents: the intents that the interpreter knows; None does not check them.
    """
    found = [
        *name_findings(flows),
        *response_findings(flows),
        *question_findings(flows),
        *path_findings(flows),
        *(intent_findings(flows, intents) if intents is not None else ()),
    ]
    return sorted(dict.fromkeys(found), key=lambda f: (f.file, f.line or 0, f.what))
