"""E-mail by the operator's own SMTP server."""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
from collections.abc import Collection
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

import aiosmtplib
from aiosmtplib import errors

from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome, Refused, Sent, Trouble, shortened

TIMEOUT_S = 15.0


@dataclass(frozen=True)
class Mail:
    """An SMTP server, and who writes."""

    host: str
    port: int
    sender: str
    """`Astreinte <astreinte@exemple.fr>`."""
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    """TLS from the first byte (smtps); otherwise STARTTLS where the server offers it."""
    context: ssl.SSLContext | None = None
    """Whom to trust; by default whom the machine trusts."""
    timeout_s: float = TIMEOUT_S
    name: str = "smtp"

    async def send(self, letter: Letter) -> Outcome:
        """Hands the e-mail over."""
        try:
            await aiosmtplib.send(
                self.message(letter),
                hostname=self.host,
                port=self.port,
                username=self.user or None,
                password=self.password or None,
                use_tls=self.tls,
                start_tls=self.start_tls,
                tls_context=self.context,
                timeout=self.timeout_s,
            )
        except (errors.SMTPException, OSError, ValueError) as error:
            return outcome(error)
        return Sent(self.message_id(letter))

    async def became(self, letter: Letter, known: Collection[str]) -> None:
        """Mail programs show two letters with one `Message-ID` once."""

    async def close(self) -> None:
        """Nothing is kept open between two e-mails."""

    def message(self, letter: Letter) -> EmailMessage:
        """The e-mail, plain and, where the letter has it, HTML."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = letter.address
        message["Subject"] = letter.subject or letter.text.partition("\n")[0][:78]
        message["Date"] = format_datetime(letter.at)
        # The same letter sent twice has the same name: mail programs show it once.
        message["Message-ID"] = self.message_id(letter)
        # Holiday answers and the like are not wanted.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        if letter.html:
            message.add_alternative(letter.html, subtype="html")
        return message

    def message_id(self, letter: Letter) -> str:
        """The e-mail's own name, made from the letter's key."""
        domain = parseaddr(self.sender)[1].partition("@")[2] or "localhost"
        return f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}@{domain}>"

    @property
    def start_tls(self) -> bool | None:
        """A password never crosses a network in the clear; without one, TLS where it is offered."""
        if self.tls:
            return False
        return True if self.user and not _loopback(self.host) else None


def outcome(error: Exception) -> Trouble | Refused:
    """What a failure at the SMTP server means.

    Only what it says of the recipient or of the message is final; a login or a sender that it
    refuses is a setting that may be put right while the letter waits.
    """
    if isinstance(error, errors.SMTPRecipientsRefused):
        first = error.recipients[0]
        return _refused(first.code, first.message)
    if isinstance(error, errors.SMTPDataError | errors.SMTPRecipientRefused):
        return _refused(error.code, error.message)
    if isinstance(error, errors.SMTPResponseException):
        return Trouble(f"smtp {error.code}", shortened(error.message))
    if isinstance(error, errors.SMTPTimeoutError | TimeoutError):
        return Trouble("timeout")
    if isinstance(error, errors.SMTPConnectError | errors.SMTPServerDisconnected | OSError):
        return Trouble("unreachable", shortened(str(error)))
    return Trouble("smtp", shortened(f"{type(error).__name__} {error}"))


def _refused(code: int, message: str) -> Trouble | Refused:
    kind = Refused if code >= 500 else Trouble
    return kind(f"smtp {code}", shortened(message))


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
