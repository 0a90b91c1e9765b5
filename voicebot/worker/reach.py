"""Who a target of a policy means at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from voicebot.oncall.escalation import Reach
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.override import Change
from voicebot.oncall.policy import Kind, Target
from voicebot.oncall.rota import posts
from voicebot.oncall.technician import Technician


def reach_of(on_call: OnCall, now: datetime, changes: Iterable[Change] = ()) -> Reach:
    """The people of a client whom each target means now.

    A rota or a technician that no longer exists means nobody: the next step is due then.
    """
    made = tuple(changes)

    def reach(target: Target) -> tuple[Technician, ...]:
        if target.kind is Kind.TECHNICIAN:
            names: Iterable[str] = (target.id,)
        else:
            rota = on_call.rotas.get(target.id)
            found = posts(rota, now, made) if rota else ()
            wanted = None if target.kind is Kind.EVERYBODY else target.level
            names = [p.technician for p in found if wanted in (None, p.level)]
        known = on_call.technicians
        return tuple(known[name] for name in dict.fromkeys(names) if name in known)

    return reach
