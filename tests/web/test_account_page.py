import html
import re

import pytest

from tests.web.accounts import browsing, signed_in
from voicebot.accounts import password, totp
from voicebot.accounts.account import Place
from voicebot.accounts.keyring import by_chance
from voicebot.accounts.role import Role
from voicebot.store import audit, recovery_codes, sessions, users
from voicebot.store.audit import Wanted
from voicebot.store.sealing import about
from voicebot.web.agent import agent

PASSWORD = "cheval agrafe pile correcte"
OTHER = "une autre pile de chevaux"
CURRENT = {"current": PASSWORD}
NEW = {"current": PASSWORD, "password": OTHER, "again": OTHER}


@pytest.fixture(scope="module")
def hashed():
    return password.hashed(PASSWORD)


@pytest.fixture
def claire(database, clock, hashed):
    some = signed_in(database, clock.now(), "claire", "Claire Martin", Place(Role.OPERATOR))
    with database.write() as connection:
        users.set_password(connection, some.id, hashed, clock.now())
    return some


@pytest.fixture
async def hers(app, claire):
    async with browsing(app, claire) as asking:
        yield asking


@pytest.fixture
def proof(database, claire):
    def read():
        with database.read() as connection:
            return users.proof(connection, claire.id)

    return read


@pytest.fixture
def secret(proof, keyring, claire):
    """The secret of her second factor, as her telephone knows it."""
    return lambda: keyring.open(proof().secret, about(claire.id))


def kinds(database):
    with database.read() as connection:
        return [str(line.kind) for line in audit.page(connection, Wanted()).lines][::-1]


async def enrol(hers, secret, clock):
    await hers.post("/account/second/begin", data=CURRENT)
    return await hers.post("/account/second", data={"code": totp.code(secret(), clock.now())})


async def test_another_password_ends_every_other_session(hers, app, claire, database, clock, proof):
    elsewhere = signed_in(database, clock.now(), "claire")
    answer = await hers.post("/account/password", data=NEW)

    assert answer.headers["location"] == "/account?done=password"
    assert password.matches(proof().password, OTHER)
    hers.headers.pop("X-CSRF-Token")
    assert (await hers.get("/account")).status_code == 200
    for old in (elsewhere, claire):
        async with browsing(app, old) as closed:
            assert (await closed.get("/account")).status_code == 303
    assert kinds(database) == ["password_changed"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"current": "x"}, "n'est pas le bon"),
        ({"again": "x"}, "ne sont pas les mêmes"),
        ({"password": "claire martin", "again": "claire martin"}, "se devine trop facilement"),
    ],
)
async def test_a_password_that_is_not_changed(hers, proof, hashed, wrong, told):
    answer = await hers.post("/account/password", data={**NEW, **wrong})

    assert answer.status_code == 400
    assert told in html.unescape(answer.text)
    assert proof().password == hashed


async def test_whoever_finds_the_browser_open_cannot_guess_without_end(hers, clock):
    for _ in range(8):
        assert (
            await hers.post("/account/password", data={**NEW, "current": "x"})
        ).status_code == 400
    answer = await hers.post("/account/password", data=NEW)
    assert "Trop d'essais" in html.unescape(answer.text)


async def test_the_second_factor_counts_once_a_code_was_given(
    hers, proof, secret, clock, database, claire
):
    await hers.post("/account/second/begin", data=CURRENT)
    shown = (await hers.get("/account/second")).text
    assert "<svg" in shown and "style=" not in shown
    assert " ".join(re.findall("....", secret())) in shown
    assert not proof().second_factor
    wrong = await hers.post("/account/second", data={"code": "000000"})
    assert (wrong.status_code, proof().second_factor) == (400, False)

    right = await hers.post("/account/second", data={"code": totp.code(secret(), clock.now())})
    codes = re.findall("<code>([a-z0-9-]+)</code>", right.text)
    assert proof().second_factor
    with database.write() as connection:
        assert recovery_codes.left(connection, claire.id) == len(codes) == 10
        assert recovery_codes.use(connection, claire.id, codes[3], clock.now())
    assert kinds(database)[-1] == "second_factor_on"
    assert secret() not in (await hers.get("/account")).text


async def test_the_store_does_not_know_the_secret(hers, secret, clock, database):
    await enrol(hers, secret, clock)
    held = (
        database.file.read_bytes()
        + database.file.with_name(f"{database.file.name}-wal").read_bytes()
    )
    assert b"s1." in held and secret().encode() not in held


async def test_with_a_lost_key_she_begins_anew(hers, proof, database, claire):
    with database.write() as connection:
        users.keep_secret(connection, claire.id, by_chance().seal("S", about(claire.id)))
    assert (await hers.get("/account/second")).headers["location"] == "/account"
    assert (await hers.post("/account/second", data={"code": "1"})).status_code == 303
    await hers.post("/account/second/begin", data=CURRENT)
    assert "<svg" in (await hers.get("/account/second")).text


async def test_it_is_begun_and_taken_away_with_the_password_alone(
    hers, proof, secret, clock, database
):
    assert (await hers.post("/account/second/begin", data={"current": "x"})).status_code == 400
    assert proof().secret is None
    await enrol(hers, secret, clock)
    before = proof().secret
    await hers.post("/account/second/begin", data=CURRENT)
    assert proof().secret == before  # one that is in force is not drawn anew
    assert (await hers.post("/account/second/off", data={"current": "x"})).status_code == 400
    assert proof().second_factor
    await hers.post("/account/second/off", data=CURRENT)
    assert proof().secret is None
    assert kinds(database)[-1] == "second_factor_off"


async def test_new_codes_end_the_old_ones(hers, secret, clock, database, claire):
    first = re.findall("<code>([a-z0-9-]+)</code>", (await enrol(hers, secret, clock)).text)
    again = await hers.post("/account/second/codes", data=CURRENT)
    assert len(re.findall("<code>([a-z0-9-]+)</code>", again.text)) == 10
    with database.write() as connection:
        assert not recovery_codes.use(connection, claire.id, first[0], clock.now())


async def test_where_one_is_signed_in(hers, database, clock, claire):
    signed_in(database, clock.now(), "claire")
    text = (await hers.get("/account")).text
    assert text.count("cet appareil") == 1
    await hers.post("/account/sessions/end")
    with database.read() as connection:
        assert len(sessions.of(connection, claire.id, clock.now())) == 1
    assert (await hers.get("/account")).status_code == 200


@pytest.mark.parametrize(
    ("role", "first"), [(Role.OPERATOR, "/console"), (Role.CLIENT, "/calls"),
                        (Role.TECHNICIAN, "/mine")]
)  # fmt: skip
async def test_where_work_begins(app, database, clock, role, first):
    clients = frozenset({"plomberie-moreau"})
    place = Place(role, clients, "karim" if role is Role.TECHNICIAN else "")
    async with browsing(app, signed_in(database, clock.now(), "some", "Some", place)) as asking:
        assert (await asking.get("/account/home")).headers["location"] == first
        assert (await asking.get(first)).status_code == 200


def test_browsers_in_words():
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"
    edge = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0"
    assert [agent(text) for text in (firefox, iphone, edge, "")] == [
        "Firefox, Windows",
        "Safari, iPhone",
        "Edge, Linux",
        "Navigateur inconnu",
    ]
