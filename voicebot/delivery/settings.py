"""The settings by which letters leave; part of all the settings, and none of them is needed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr, field_validator

NONE = SecretStr("")


class DeliverySettings(BaseModel):
    """Which gateways there are, and their secrets."""

    public_url: str = ""
    """Where telephones and carriers reach this server: `https://astreinte.exemple.fr`."""
    sms: str = "none"
    """`none`, `ovh`, `twilio`, or `http:URL`."""
    sms_from: str = ""
    """Who writes: a name or a number that the carrier knows."""
    sms_headers: dict[str, SecretStr] = {}
    """With `http:`: headers, such as the gateway's key."""
    sms_body: dict[str, Any] = {}
    """With `http:`: the request, with {to}, {text}, {from}, {key} and {client} in their places."""
    sms_form: bool = False
    """With `http:`: the request is a form, not JSON."""
    sms_expect: str = ""
    """With `http:`: words that stand in the answer when the SMS was taken."""
    ovh_service: str = ""
    ovh_application: str = ""
    ovh_secret: SecretStr = NONE
    ovh_consumer: SecretStr = NONE
    ovh_url: str = "https://eu.api.ovh.com/1.0"
    twilio_account: str = ""
    twilio_token: SecretStr = NONE
    receipt_secret: SecretStr = NONE
    """What OVH and a gateway of one's own show when they tell how an SMS fared."""
    smtp: str = ""
    """`smtp://USER@HOST:587`, or `smtps://…` for TLS from the first byte."""
    smtp_password: SecretStr = NONE
    mail_from: str = ""
    """`Astreinte <astreinte@exemple.fr>`."""
    webhook_secret: SecretStr = NONE
    """Signs webhooks: `whsec_` and base64."""

    @field_validator("public_url", "ovh_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
            raise ValueError("an address begins with https:// and has no question mark")
        return value.rstrip("/")

    @property
    def public_host(self) -> str:
        """The name in the public address; empty when there is none."""
        return urlsplit(self.public_url).hostname or ""
