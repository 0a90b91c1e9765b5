"""Whether somebody is who he says: counted, noted in the log, and no sooner told no than yes."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from voicebot.accounts import password, totp
from voicebot.accounts.keyring import KeyLost
from voicebot.accounts.lockout import Step
from voicebot.accounts.session import Session
from voicebot.accounts.trace import Seen, Trace
from voicebot.store import audit, failures, recovery_codes, sessions, users
from voicebot.store.failures import Counted
from voicebot.store.sealing import about
from voicebot.store.users import Proof
from voicebot.web.parts import Parts
from voicebot.web.rights import Who

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Try:
    """Somebody tries to sign in."""

    login: str
    """As typed."""
    address: str
    agent: str = ""
    device: str = ""
    """The name of a browser on which the account's owner is known."""


@dataclass(frozen=True)
class Given:
    """A session that was begun."""

    token: str = field(repr=False)
    halfway: bool = False


class Door:
    """Lets in who proves who he is."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def password(self, tried: Try, proof: Proof | None, typed: str) -> Given | datetime | None:
        """A session for who has the password; halfway if a code is asked as well.

        An instant says when the next try is allowed; None, that login or password are wrong.
        """
        now = self.parts.clock.now()
        counted = _counted(Step.PASSWORD, tried)
        wait = self._count(counted, now)
        if wait:
            return wait
        right = password.matches(proof.password if proof else None, typed)
        if proof is None or proof.password is None or not right:
            self._failed(counted, tried, proof, now)
            return None
        # Hashed anew outside the transaction: it takes a while, and calls write meanwhile.
        anew = password.hashed(typed) if password.worn(proof.password) else None
        with self.parts.database.write() as connection:
            if anew:
                users.hash_anew(connection, proof.user_id, anew)
            failures.forgive(connection, counted, now)
            return self._begin(connection, proof.user_id, tried, now, proof.second_factor)

    def code(
        self, halfway: Session, proof: Proof, tried: Try, typed: str
    ) -> Given | datetime | None:
        """A session for who has the code of his telephone, or a recovery code.

        Raises:
            KeyLost: his secret cannot be read any more, and it was no recovery code either.
        """
        now = self.parts.clock.now()
        counted = _counted(Step.CODE, tried)
        wait = self._count(counted, now)
        if wait:
            return wait
        try:
            with self.parts.database.write() as connection:
                if self._proves(connection, proof, typed, now, tried):
                    sessions.end(connection, halfway.id)
                    failures.forgive(connection, counted, now)
                    return self._begin(connection, proof.user_id, tried, now)
        except KeyLost as error:
            log.error("%s; what to do stands in docs/accounts.md", error)
            self._failed(counted, tried, proof, now)
            raise
        self._failed(counted, tried, proof, now)
        return None

    def leave(self, who: Who, address: str) -> None:
        """Ends a session."""
        trace = Trace(self.parts.clock.now(), Seen.SIGNED_OUT, who.login, who.id, address=address)
        with self.parts.database.write() as connection:
            sessions.end(connection, who.session)
            audit.note(connection, trace)

    def proof(self, login: str) -> Proof | None:
        """What the owner of that login has to show; None where there is no open account."""
        with self.parts.database.read() as connection:
            return users.proof_of(connection, login)

    def _count(self, counted: Counted, now: datetime) -> datetime | None:
        """Counts the try before it is judged, so that many at once do not slip through."""
        with self.parts.database.write() as connection:
            wait = failures.free_at(connection, counted, now)
            if wait is None:
                failures.add(connection, counted, now)
        return wait

    def _proves(
        self, connection: Connection, proof: Proof, typed: str, now: datetime, tried: Try
    ) -> bool:
        if recovery_codes.use(connection, proof.user_id, typed, now):
            audit.note(connection, _trace(now, Seen.CODE_USED, tried, proof.user_id))
            return True
        if proof.secret is None:
            return False
        secret = self.parts.keyring.open(proof.secret, about(proof.user_id))
        step = totp.step_of(secret, typed, now, proof.last_step)
        return step is not None and users.use_step(connection, proof.user_id, step)

    def _begin(
        self,
        connection: Connection,
        user_id: int,
        tried: Try,
        now: datetime,
        halfway: bool = False,
    ) -> Given:
        token = sessions.begin(
            connection, user_id, now, halfway=halfway, agent=tried.agent, address=tried.address
        )
        if not halfway:
            users.signed_in(connection, user_id, now)
            audit.note(connection, _trace(now, Seen.SIGNED_IN, tried, user_id))
            audit.forget(connection, now)
        return Given(token, halfway)

    def _failed(self, counted: Counted, tried: Try, proof: Proof | None, now: datetime) -> None:
        """Noted under the login only where there is an account: people type passwords there."""
        known = Try(tried.login if proof else "", tried.address)
        user_id = proof.user_id if proof else None
        with self.parts.database.write() as connection:
            audit.note(connection, _trace(now, Seen.SIGN_IN_FAILED, known, user_id))
            if failures.free_at(connection, counted, now):
                audit.note(connection, _trace(now, Seen.LOCKED_OUT, known, user_id))


def _counted(step: Step, tried: Try) -> Counted:
    return failures.limits(step, tried.login, tried.address, tried.device)


def _trace(now: datetime, kind: Seen, tried: Try, user_id: int | None) -> Trace:
    who = tried.login.strip().lower()[:64]
    return Trace(now, kind, who, user_id, address=tried.address)
