"""Against aiosmtpd, a real SMTP server, on a real port."""

import asyncio
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.delivery.conftest import letter
from voicebot.delivery.letter import Channel
from voicebot.delivery.mail import Mail
from voicebot.delivery.outcome import Refused, Sent, Trouble

FROM = "Astreinte <astreinte@exemple.fr>"


def mail_letter(**changes):
    return letter(Channel.EMAIL, "karim@exemple.fr", **{"subject": "Fuite : forêt", **changes})


class Mailbox:
    """What the server does with mail; `say` answers a command instead."""

    def __init__(self):
        self.envelopes, self.secure, self.say, self.slow = [], [], {}, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "RCPT" in self.say:
            return self.say["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self.say.get("MAIL", "250 OK")

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.slow)
        if "DATA" in self.say:
            return self.say["DATA"]
        self.envelopes.append(envelope)
        self.secure.append(session.ssl is not None)
        return "250 queued as 4711"


@pytest.fixture
def box():
    return Mailbox()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trust(certificate):
    return ssl.create_default_context(cafile=certificate)


@pytest.fixture
async def listen(box):
    """Starts a server as told, and gives a `Mail` that knows it."""
    opened = []

    async def start(*, tls=None, server_options=None, **mail):
        loop = asyncio.get_running_loop()
        options = {"hostname": "mx", "timeout": 5, **(server_options or {})}
        protocols = []

        def made():
            protocols.append(SMTP(box, loop=loop, **options))
            return protocols[-1]

        server = await loop.create_server(made, "127.0.0.1", 0, ssl=tls)
        opened.append((server, protocols))
        port = server.sockets[0].getsockname()[1]
        return Mail(**{"host": "localhost", "port": port, "sender": FROM, "timeout_s": 5, **mail})

    yield start
    for server, protocols in opened:
        server.close()
        for protocol in protocols:
            if protocol.transport is not None:
                protocol.transport.abort()
            if protocol._handler_coroutine is not None:
                protocol._handler_coroutine.cancel()
                await asyncio.gather(protocol._handler_coroutine, return_exceptions=True)


def read(box):
    (envelope,) = box.envelopes
    return envelope, message_from_bytes(envelope.content, policy=policy.default)


async def test_an_email_arrives_whole(box, listen):
    mail = await listen()
    long = "De l'eau coule du plafond — deuxième étage.\n" * 40
    outcome = await mail.send(mail_letter(text=long, html="<p>De l'eau coule…</p>"))

    envelope, message = read(box)
    assert (envelope.mail_from, envelope.rcpt_tos) == ("astreinte@exemple.fr", ["karim@exemple.fr"])
    assert outcome == Sent(message["Message-ID"])
    assert message["Subject"] == "Fuite : forêt"
    assert message["From"] == FROM
    assert message["To"] == "karim@exemple.fr"
    assert message["Date"] == "Wed, 14 Jan 2026 21:30:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = message.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == long
    assert html.get_content().strip() == "<p>De l'eau coule…</p>"


async def test_the_same_letter_has_the_same_name_each_time(box, listen):
    mail = await listen()
    first, second = await mail.send(mail_letter()), await mail.send(mail_letter())
    other = await mail.send(mail_letter(key="another"))
    assert first == second != other
    assert first.reference.endswith("@exemple.fr>")


async def test_without_a_subject_its_first_line_is_it(box, listen):
    mail = await listen()
    await mail.send(mail_letter(subject="", text="Fuite au 12 rue des Lilas\nRappelez."))
    assert read(box)[1]["Subject"] == "Fuite au 12 rue des Lilas"


async def test_starttls_is_used_where_it_is_offered(box, listen, server_tls, trust):
    mail = await listen(server_options={"tls_context": server_tls}, context=trust)
    assert isinstance(await mail.send(mail_letter()), Sent)
    assert box.secure == [True]


async def test_tls_from_the_first_byte(box, listen, server_tls, trust):
    mail = replace(await listen(tls=server_tls, context=trust), tls=True)
    assert isinstance(await mail.send(mail_letter()), Sent)
    assert len(box.envelopes) == 1


async def test_a_certificate_that_nobody_vouches_for(box, listen, server_tls):
    mail = await listen(server_options={"tls_context": server_tls})
    outcome = await mail.send(mail_letter())
    assert isinstance(outcome, Trouble)
    assert box.envelopes == []


def login(server, session, envelope, mechanism, data):
    # Not handled: the server itself answers 535.
    return AuthResult(success=data.password == b"secret", handled=False)


def guarded(server_tls):
    return {
        "server_options": {
            "tls_context": server_tls,
            "authenticator": login,
            "auth_required": True,
        },
        "user": "bot",
    }


async def test_a_login(box, listen, server_tls, trust):
    mail = await listen(**guarded(server_tls), password="secret", context=trust)
    assert isinstance(await mail.send(mail_letter()), Sent)
    assert box.secure == [True]


async def test_a_login_that_is_refused_keeps_the_letter(box, listen, server_tls, trust):
    mail = await listen(**guarded(server_tls), password="wrong", context=trust)
    outcome = await mail.send(mail_letter())
    assert (type(outcome), outcome.code) == (Trouble, "smtp 535")


def test_a_password_never_crosses_a_network_in_the_clear():
    assert Mail("mx.exemple.fr", 587, FROM, user="bot").start_tls is True
    assert Mail("127.0.0.1", 587, FROM, user="bot").start_tls is None
    assert Mail("mx.exemple.fr", 587, FROM).start_tls is None


async def test_nor_does_it_when_the_server_offers_no_tls(box, listen, monkeypatch):
    monkeypatch.setattr("voicebot.delivery.mail._loopback", lambda host: False)
    mail = await listen(user="bot", password="secret", server_options={"authenticator": login})
    assert isinstance(await mail.send(mail_letter()), Trouble)
    assert box.envelopes == []


@pytest.mark.parametrize(
    ("command", "answer", "kind", "code"),
    [
        ("RCPT", "550 no such mailbox", Refused, "smtp 550"),
        ("RCPT", "451 greylisted, come back", Trouble, "smtp 451"),
        ("RCPT", "452 mailbox full", Trouble, "smtp 452"),
        ("DATA", "554 looks like spam", Refused, "smtp 554"),
        ("DATA", "421 going down", Trouble, "smtp 421"),
        ("MAIL", "553 who are you", Trouble, "smtp 553"),
    ],
)
async def test_what_the_server_answers(box, listen, command, answer, kind, code):
    mail = await listen()
    box.say[command] = answer
    outcome = await mail.send(mail_letter())
    assert (type(outcome), outcome.code) == (kind, code)
    assert outcome.why == answer[4:]
    assert box.envelopes == []


async def test_a_server_that_says_nothing(box, listen):
    mail = await listen(timeout_s=0.3)
    box.slow = 30
    assert await mail.send(mail_letter()) == Trouble("timeout")


async def test_a_server_that_is_not_there():
    outcome = await Mail("127.0.0.1", 1, FROM).send(mail_letter())
    assert (type(outcome), outcome.code) == (Trouble, "unreachable")


async def test_a_server_that_speaks_something_else(server):
    server.will("garbage")
    port = int(server.url.rpartition(":")[2])
    outcome = await Mail("127.0.0.1", port, FROM, timeout_s=0.5).send(mail_letter())
    assert isinstance(outcome, Trouble)


def test_its_password_does_not_show():
    assert "secret" not in repr(Mail("mx", 25, FROM, user="bot", password="secret"))
