"""The outbox: letters that wait, leave, have left, or could not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from voicebot.delivery.letter import Letter
from voicebot.store.outbox_tables import outbox

USEFUL = timedelta(days=1)
"""How long a letter is worth sending when it does not say."""


def post(connection: Connection, letter: Letter) -> int:
    """Puts a letter into the outbox, within the transaction of whoever writes it; gives its id.

    A second letter under the same key is the first one: nothing is added.
    """
    row = {
        "key": letter.key,
        "client": letter.client,
        "way": letter.way.value,
        "address": letter.address,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "alert_id": letter.alert_id,
        "technician": letter.technician,
        "state": "pending",
        "posted_at": letter.at,
        "until": letter.until or letter.at + USEFUL,
        "due_at": letter.at,
        "attempts": 0,
    }
    try:
        # A transaction within the other one: a key that is taken must not undo what came before.
        with connection.begin_nested():
            return int(connection.execute(insert(outbox).returning(outbox.c.id), row).scalar_one())
    except IntegrityError:
        taken = select(outbox.c.id).where(outbox.c.key == letter.key)
        known = connection.execute(taken).scalar()
        if known is None:  # it was not the key
            raise
        return int(known)
