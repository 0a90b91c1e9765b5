"""From settings to gateways; what is missing is said in one line, without a secret in it."""

import pytest
from pydantic import ValidationError

from voicebot.delivery.gateways import described, open_gateways
from voicebot.delivery.http_sms import HttpSms
from voicebot.delivery.letter import Channel
from voicebot.delivery.mail import Mail
from voicebot.delivery.ovh import Ovh
from voicebot.delivery.settings import DeliverySettings
from voicebot.delivery.twilio import Twilio
from voicebot.errors import BadInput

OVH = {
    "sms": "ovh",
    "ovh_service": "sms-ab12345-1",
    "ovh_application": "AK",
    "ovh_secret": "AS-secret",
    "ovh_consumer": "CK-secret",
}
TWILIO = {"sms": "twilio", "twilio_account": "AC1", "twilio_token": "secret", "sms_from": "+33939"}
MAIL = {"smtp": "smtp://bot%40exemple.fr@mx.exemple.fr", "mail_from": "Astreinte <a@exemple.fr>"}


def opened(clock, **settings):
    return open_gateways(DeliverySettings(**settings), clock)


def test_with_nothing_configured_there_is_none(clock):
    assert opened(clock) == {}
    assert described({}) == "sms none, email none, webhook none"


def test_ovh(clock):
    (gateway,) = opened(clock, **OVH, sms_from="Astreinte").values()
    assert isinstance(gateway, Ovh)
    assert (gateway.service, gateway.sender) == ("sms-ab12345-1", "Astreinte")
    assert "secret" not in repr(gateway)


def test_twilio(clock):
    (gateway,) = opened(clock, **TWILIO, public_url="https://a.exemple.fr/").values()
    assert isinstance(gateway, Twilio)
    assert gateway.public_url == "https://a.exemple.fr"


def test_any_http_gateway(clock):
    (gateway,) = opened(
        clock,
        sms="http:https://sms.exemple.fr/send?v=2",
        sms_headers={"X-Key": "secret"},
        sms_body={"n": "{to}", "t": "{text}"},
        sms_expect="OK",
    ).values()
    assert isinstance(gateway, HttpSms)
    assert gateway.url == "https://sms.exemple.fr/send?v=2"
    assert (gateway.headers, gateway.body, gateway.expect) == (
        {"X-Key": "secret"},
        {"n": "{to}", "t": "{text}"},
        "OK",
    )


@pytest.mark.parametrize(
    ("address", "port", "tls", "user"),
    [
        (MAIL["smtp"], 587, False, "bot@exemple.fr"),
        ("smtps://bot@mx.exemple.fr", 465, True, "bot"),
        ("smtp://localhost:2525", 2525, False, ""),
    ],
)
def test_mail(clock, address, port, tls, user):
    (gateway,) = opened(clock, **{**MAIL, "smtp": address}, smtp_password="secret").values()
    assert isinstance(gateway, Mail)
    assert (gateway.port, gateway.tls, gateway.user) == (port, tls, user)
    assert gateway.password == "secret"


def test_all_at_once(clock):
    gateways = opened(clock, **OVH, **MAIL, webhook_secret="a secret of sixteen")
    assert set(gateways) == set(Channel)
    assert described(gateways) == "sms ovh, email smtp, webhook webhook"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"sms": "pigeon"}, "setting sms: no such gateway"),
        ({"sms": "http:ftp://x"}, "setting sms: no such gateway"),
        ({"sms": "http:"}, "setting sms: no such gateway"),
        ({**OVH, "ovh_secret": ""}, "setting ovh_secret is needed by sms = 'ovh'"),
        ({**TWILIO, "sms_from": ""}, "setting sms_from is needed by sms = 'twilio'"),
        ({"sms": "http:https://x.fr", "sms_body": {"n": "{to}"}}, "sms_body"),
        ({"smtp": "smtp://mx.exemple.fr"}, "setting mail_from is needed by smtp"),
        ({**MAIL, "mail_from": "Astreinte"}, "setting mail_from: no mailbox"),
        ({**MAIL, "smtp": "mx.exemple.fr:25"}, "setting smtp: no address"),
        ({**MAIL, "smtp": "smtp://mx:port"}, "setting smtp: no address"),
        ({**MAIL, "smtp": "smtp://bot:secret@mx.exemple.fr"}, "setting smtp: no address"),
        ({"webhook_secret": "short"}, "16 bytes"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(clock, settings, line):
    with pytest.raises(BadInput, match=line) as refused:
        opened(clock, **settings)
    assert "secret@" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["astreinte.exemple.fr", "ftp://a", "https://", "https://a?b=c"]
)
def test_a_public_address_that_is_none(address):
    with pytest.raises(ValidationError):
        DeliverySettings(public_url=address)


def test_secrets_do_not_show():
    shown = repr(DeliverySettings(**OVH, sms_headers={"X-Key": "very-secret"}))
    for secret in ("AS-secret", "CK-secret", "very-secret"):
        assert secret not in shown
