"""Opens the gateways that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from voicebot.clock import Clock
from voicebot.delivery.gateway import Gateway
from voicebot.delivery.http_sms import DEFAULT_BODY, HttpSms
from voicebot.delivery.letter import MAILBOX, Channel
from voicebot.delivery.mail import Mail
from voicebot.delivery.ovh import Ovh
from voicebot.delivery.settings import DeliverySettings
from voicebot.delivery.twilio import Twilio
from voicebot.delivery.webhook import Webhook
from voicebot.errors import BadInput

PORTS = {"smtp": 587, "smtps": 465}


def open_gateways(settings: DeliverySettings, clock: Clock) -> dict[Channel, Gateway]:
    """One gateway for each way that is configured; letters by another way wait, and are seen.

    Nothing is connected to yet.

    Raises:
        BadInput: a setting is missing or wrong.
    """
    opened: dict[Channel, Gateway] = {}
    if sms := _sms(settings, clock):
        opened[Channel.SMS] = sms
    if settings.smtp:
        opened[Channel.EMAIL] = _mail(settings)
    if secret := settings.webhook_secret.get_secret_value():
        opened[Channel.WEBHOOK] = Webhook(secret, clock)
    return opened


def described(gateways: Mapping[Channel, Gateway]) -> str:
    """The ways that are configured and those that are not, for the doctor."""
    return ", ".join(
        f"{way} {gateways[way].name if way in gateways else 'none'}" for way in Channel
    )


def _sms(settings: DeliverySettings, clock: Clock) -> Gateway | None:
    kind, _, url = settings.sms.partition(":")
    match kind:
        case "none":
            return None
        case "ovh":
            return Ovh(
                service=_needed(settings, "ovh_service"),
                application=_needed(settings, "ovh_application"),
                secret=_needed(settings, "ovh_secret"),
                consumer=_needed(settings, "ovh_consumer"),
                sender=settings.sms_from,
                clock=clock,
                url=settings.ovh_url,
            )
        case "twilio":
            return Twilio(
                account=_needed(settings, "twilio_account"),
                token=_needed(settings, "twilio_token"),
                sender=_needed(settings, "sms_from"),
                clock=clock,
                public_url=settings.public_url,
            )
        case "http" if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname:
            return HttpSms(
                url=url,
                sender=settings.sms_from,
                clock=clock,
                headers={
                    name: value.get_secret_value() for name, value in settings.sms_headers.items()
                },
                body=settings.sms_body or DEFAULT_BODY,
                form=settings.sms_form,
                expect=settings.sms_expect,
            )
    # What was written may hold a password: it is not repeated.
    raise BadInput("setting sms: no such gateway", todo="none, ovh, twilio or http:https://…")


def _mail(settings: DeliverySettings) -> Mail:
    todo = "smtp://USER@HOST:587 or smtps://USER@HOST:465; the password is VOICEBOT_SMTP_PASSWORD"
    try:
        parts = urlsplit(settings.smtp)
        port = parts.port
    except ValueError as error:
        raise BadInput("setting smtp: no address of a server", todo=todo) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.password is not None:
        raise BadInput("setting smtp: no address of a server", todo=todo)
    sender = _needed(settings, "mail_from")
    if not MAILBOX.fullmatch(sender.rpartition("<")[2].rstrip("> ")) or "\n" in sender:
        raise BadInput("setting mail_from: no mailbox", todo="Astreinte <astreinte@exemple.fr>")
    return Mail(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        sender=sender,
        user=unquote(parts.username or ""),
        password=settings.smtp_password.get_secret_value(),
        tls=parts.scheme == "smtps",
    )


def _needed(settings: DeliverySettings, name: str) -> str:
    value = getattr(settings, name)
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    if not text:
        way = "smtp" if name == "mail_from" else f"sms = {settings.sms.partition(':')[0]!r}"
        todo = f"VOICEBOT_{name.upper()} or voicebot.toml; docs/delivery.md has an example"
        raise BadInput(f"setting {name} is needed by {way}", todo=todo)
    return text
