"""What is said and when: each client's flows drawn, with the path of a call on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from voicebot.clients.client import Client
from voicebot.dialogue.flow import Flow
from voicebot.errors import NotFound
from voicebot.store.archive import WholeCall
from voicebot.web import permitted
from voicebot.web.flow_drawing import Drawing, drawn
from voicebot.web.flow_graph import Graph, graph
from voicebot.web.flow_map import mapped
from voicebot.web.flow_path import Path, path_of
from voicebot.web.flow_words import WAYS, condition, flow_title, said, started
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who

Asking = Annotated[Who, Depends(who)]


@dataclass(frozen=True)
class Section:
    """One flow on the page."""

    flow: Flow
    title: str
    starts: tuple[str, ...]
    drawing: Drawing
    graph: Graph
    visited: bool


def router(parts: Parts) -> APIRouter:
    """The routes of `/flows` and `/flows/{client}`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/flows")
    def listed(request: Request, asking: Asking) -> Response:
        """The clients whose flows can be seen."""
        seen = [client for client in parts.clients.values() if asking.may_see(client.name)]
        seen.sort(key=lambda known: known.company)
        return render(request, "flows.html", clients=seen)

    @routes.get("/flows/{name}")
    def one(
        request: Request,
        name: str,
        asking: Asking,
        call: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        """One client's flows; with `call`, the path that this call took."""
        if not asking.may_see(name):
            raise NotFound(f"no client {name!r}")
        client = parts.client(name)
        whole = permitted.whole(parts, asking, call) if call else None
        if whole and whole.call.client != client.name:
            raise NotFound(f"call {call} is not of client {client.name}")
        return render(request, "flow.html", **values(client, whole))

    return routes


def values(client: Client, whole: WholeCall | None) -> dict[str, Any]:
    """What the page of a client's flows shows."""
    flows = client.flows
    graphs = {name: graph(flow) for name, flow in flows.flows.items()}
    path = path_of(whole.entries, graphs) if whole else None
    chart = mapped(flows.flows, path)
    visited = set(path.flows) if path else set()
    sections = [
        Section(
            flows.flows[name],
            flow_title(name),
            started(flows.flows[name]),
            drawn(flows, graphs[name], path),
            graphs[name],
            name in visited,
        )
        for name in chart.order
    ]
    return {
        "client": client,
        "call": whole.call if whole else None,
        "zone": client.timezone,
        "trail": path,
        "ways": WAYS,
        "chart": chart,
        "sections": sorted(sections, key=lambda one: _turn(path, one.flow.name)),
        "title": flow_title,
        "words": lambda step: said(flows, step),
        "steps": _steps(path, client),
        "condition": condition,
    }


def _turn(path: Path | None, flow: str) -> int:
    """When the call came to that flow; those that it never saw come last."""
    seen = path.flows if path else ()
    return seen.index(flow) if flow in seen else len(seen)


def _steps(path: Path | None, client: Client) -> list[dict[str, Any]]:
    """The path in words."""
    found = []
    for visit in path.visits if path else ():
        step = client.flows.step(visit.flow, visit.step)
        words = said(client.flows, step) if step else None
        found.append({"visit": visit, "flow": flow_title(visit.flow), "words": words})
    return found
