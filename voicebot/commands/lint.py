"""`voicebot lint`: the flows and clients, checked before the night."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from voicebot.commands.options import Json, print_json, read_settings


def lint(
    flows: Annotated[Path | None, typer.Argument(help="The folder of flows and clients.")] = None,
    as_json: Json = False,
) -> None:
    """Checks flows and clients; exit code 1 when one has an error."""
    from voicebot.clients.check import check
    from voicebot.clock import SystemClock
    from voicebot.understanding.domain import read_intents

    settings = read_settings()
    findings = check(flows or settings.flows, read_intents(settings.nlu), SystemClock().now())
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        print_json({"errors": errors, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            typer.secho(str(finding), fg="red" if finding.severity == "error" else "yellow")
        typer.echo(f"{errors} errors, {len(findings) - errors} warnings")
    raise typer.Exit(1 if errors else 0)
