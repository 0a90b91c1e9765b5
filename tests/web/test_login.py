import html
import re
from datetime import timedelta

import pytest

from tests.web.accounts import ADDRESS, browsing, signed_in
from voicebot.accounts import password, totp
from voicebot.accounts.account import Place
from voicebot.accounts.keyring import by_chance
from voicebot.accounts.lockout import DEVICE, NETWORK, PAIR, Step
from voicebot.accounts.role import Role
from voicebot.accounts.session import HALFWAY, IDLE
from voicebot.store import audit, failures, recovery_codes, users
from voicebot.store.audit import Wanted
from voicebot.store.sealing import about
from voicebot.web.login import inside

PASSWORD = "cheval agrafe pile correcte"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture(scope="module")
def hashed():
    return password.hashed(PASSWORD)


@pytest.fixture
def claire(database, clock, hashed):
    with database.write() as connection:
        made = users.add(connection, "claire", "Claire Martin", Place(Role.OPERATOR), clock.now())
        users.set_password(connection, made.id, hashed, clock.now())
        return made


@pytest.fixture
def second(database, clock, claire, keyring):
    """Claire's second factor, in force, with one recovery code."""
    with database.write() as connection:
        users.keep_secret(connection, claire.id, keyring.seal(SECRET, about(claire.id)))
        users.confirm_secret(connection, claire.id, 0, clock.now())
        recovery_codes.replace(connection, claire.id, ["abcd-efgh-jkmn-pqrs"])


@pytest.fixture
def noted(database):
    def kinds():
        with database.read() as connection:
            return [str(line.kind) for line in audit.page(connection, Wanted()).lines][::-1]

    return kinds


async def sign_in(browser, login="claire", typed=PASSWORD, **more):
    form = await browser.get("/login")
    token = re.search(r'name="csrf" value="([^"]+)"', form.text)[1]
    data = {"login": login, "password": typed, "csrf": token, **more}
    return await browser.post("/login", data=data)


async def give(browser, code):
    form = await browser.get("/login/second")
    token = re.search(r'name="csrf" value="([^"]+)"', form.text)[1]
    return await browser.post("/login/second", data={"code": code, "csrf": token})


async def test_who_has_the_password_is_let_in(stranger, claire, noted):
    answer = await sign_in(stranger, " Claire ", next="/calls?words=fuite")

    assert (answer.status_code, answer.headers["location"]) == (303, "/calls?words=fuite")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie
    assert (await stranger.get("/calls")).status_code == 200
    assert noted() == ["signed_in", "list_opened"]


async def test_with_https_the_cookie_goes_nowhere_else(app, claire):
    async with browsing(app) as stranger:
        stranger.base_url = ADDRESS.replace("http:", "https:")
        answer = await sign_in(stranger)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-voicebot=") and "Secure" in cookie
        kept = {one.name: one for one in stranger.cookies.jar}
        assert kept["__Host-form"].secure and kept[f"__Secure-device-{claire.id}"].secure
        assert answer.headers["strict-transport-security"]


async def test_wrong_is_wrong_whether_there_is_an_account_or_not(stranger, claire, noted):
    told = set()
    for login, typed in (("claire", "wrong"), ("nobody", PASSWORD), ("claire", "")):
        answer = await sign_in(stranger, login, typed)
        told.add((answer.status_code, answer.text.replace(f'value="{login}"', "")))
        told = {(status, re.sub(r'name="csrf" value="[^"]+"', "", text)) for status, text in told}
    assert len(told) <= 2  # 401, and 422 for no password at all
    assert (await stranger.get("/calls")).status_code == 303
    assert noted().count("sign_in_failed") >= 2


async def test_what_was_typed_as_a_login_is_not_kept_where_there_is_no_account(
    stranger, claire, database
):
    await sign_in(stranger, "my-secret-password", "x")
    with database.read() as connection:
        assert [line.who for line in audit.page(connection, Wanted()).lines] == [""]
    assert b"my-secret-password" not in database.file.read_bytes()


@pytest.mark.parametrize("login", ["claire", "nobody"])
async def test_after_too_many_tries_one_waits(stranger, claire, clock, login, noted):
    for _ in range(PAIR.failures):
        assert (await sign_in(stranger, login, "wrong")).status_code == 401
    answer = await sign_in(stranger, login)
    assert answer.status_code == 429
    assert "Réessayez dans 15 minutes" in html.unescape(answer.text)
    assert noted()[-1] == "locked_out"
    clock.advance(PAIR.within.total_seconds())
    assert (await sign_in(stranger, login)).status_code == (303 if login == "claire" else 401)


async def test_a_stranger_elsewhere_keeps_nobody_out(stranger, app, claire):
    for _ in range(PAIR.failures + 1):
        answer = await sign_in(stranger, typed="wrong")
    assert answer.status_code == 429
    async with browsing(app, address="198.51.100.9") as hers:
        assert (await sign_in(hers)).status_code == 303


async def test_where_she_has_signed_in_before_no_stranger_keeps_her_out(
    stranger, app, claire, database, clock
):
    """Neither those who try her login from everywhere, nor one behind her own address."""
    answer = await sign_in(stranger)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("device-"))
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/login" in cookie
    stranger.cookies.delete("voicebot")
    with database.write() as connection:
        for n in range(300):
            counted = failures.limits(Step.PASSWORD, "claire", f"203.0.{n}.1")
            failures.add(connection, counted, clock.now())
        for n in range(NETWORK.failures):
            counted = failures.limits(Step.PASSWORD, f"user{n}", "127.0.0.1")
            failures.add(connection, counted, clock.now())
    async with browsing(app) as new:
        assert (await sign_in(new)).status_code == 429
    async with browsing(app, address="198.51.100.9") as elsewhere:
        assert (await sign_in(elsewhere)).status_code == 429

    assert (await sign_in(stranger)).status_code == 303


async def test_a_known_device_is_no_way_round_the_limit(stranger, claire):
    await sign_in(stranger)
    stranger.cookies.delete("voicebot")
    for _ in range(DEVICE.failures):
        assert (await sign_in(stranger, typed="wrong")).status_code == 401
    assert (await sign_in(stranger)).status_code == 429


async def test_a_device_is_known_for_one_account_and_one_password(
    stranger, app, claire, database, clock, hashed
):
    await sign_in(stranger)
    stranger.cookies.delete("voicebot")
    with database.write() as connection:
        users.set_password(connection, claire.id, hashed, clock.now() + timedelta(seconds=1))
        anne = users.add(connection, "anne", "Anne", Place(Role.OPERATOR), clock.now())
        users.set_password(connection, anne.id, hashed, clock.now())
        for login in ("claire", "anne"):
            for _ in range(PAIR.failures):
                counted = failures.limits(Step.PASSWORD, login, "127.0.0.1")
                failures.add(connection, counted, clock.now())
    stolen = stranger.cookies[f"device-{claire.id}"]
    stranger.cookies.set(f"device-{anne.id}", stolen)
    for login in ("claire", "anne"):
        assert (await sign_in(stranger, login)).status_code == 429


async def test_who_is_closed_is_told_no_more_than_a_stranger(stranger, claire, database, clock):
    with database.write() as connection:
        users.add(connection, "anne", "Anne", Place(Role.ADMINISTRATOR), clock.now())
        users.disable(connection, claire.id, clock.now())
    answer = await sign_in(stranger)
    assert answer.status_code == 401
    assert "Identifiant ou mot de passe incorrect" in answer.text


async def test_another_sites_form_signs_nobody_in(stranger, claire):
    data = {"login": "claire", "password": PASSWORD, "csrf": ""}
    assert (await stranger.post("/login", data=data)).status_code == 403
    stranger.cookies.set("form", "mine")
    assert (await stranger.post("/login", data={**data, "csrf": "x"})).status_code == 403


async def test_the_password_alone_opens_nothing_where_a_code_is_asked(stranger, claire, second):
    answer = await sign_in(stranger, next="/calls")
    assert answer.headers["location"] == "/login/second?next=%2Fcalls"
    for path in ("/calls", "/account", "/api/calls", "/account/second"):
        assert (await stranger.get(path)).status_code in (303, 401), path


async def test_the_code_opens_and_the_session_is_another_one(stranger, claire, second, clock):
    await sign_in(stranger)
    halfway = stranger.cookies["voicebot"]
    answer = await give(stranger, totp.code(SECRET, clock.now()))

    assert answer.status_code == 303
    assert (await stranger.get("/calls")).status_code == 200
    assert stranger.cookies["voicebot"] != halfway
    stranger.cookies.clear()
    stranger.cookies.set("voicebot", halfway)
    assert (await stranger.get("/calls")).status_code == 303


async def test_a_code_that_was_seen_over_the_shoulder_opens_nothing(
    stranger, app, claire, second, clock
):
    await sign_in(stranger)
    shown = totp.code(SECRET, clock.now())
    await give(stranger, shown)
    async with browsing(app) as thief:
        await sign_in(thief)
        assert (await give(thief, shown)).status_code == 401


async def test_a_recovery_code_opens_once(stranger, app, claire, second, noted):
    await sign_in(stranger)
    assert (await give(stranger, "ABCD EFGH JKMN PQRS")).status_code == 303
    assert noted() == ["code_used", "signed_in"]
    async with browsing(app) as again:
        await sign_in(again)
        assert (await give(again, "abcd-efgh-jkmn-pqrs")).status_code == 401


async def test_with_a_lost_key_she_is_told_what_to_do_and_her_recovery_codes_open(
    stranger, claire, second, database, clock
):
    with database.write() as connection:
        sealed = by_chance().seal(SECRET, about(claire.id))
        users.keep_secret(connection, claire.id, sealed)
        users.confirm_secret(connection, claire.id, 0, clock.now())
    await sign_in(stranger)
    answer = await give(stranger, totp.code(SECRET, clock.now()))
    assert answer.status_code == 503
    assert "demandez à l'administrateur" in html.unescape(answer.text)
    assert (await give(stranger, "abcd-efgh-jkmn-pqrs")).status_code == 303


async def test_codes_cannot_be_guessed(stranger, claire, second):
    await sign_in(stranger)
    for _ in range(PAIR.failures):
        assert (await give(stranger, "000000")).status_code == 401
    assert (await give(stranger, "000000")).status_code == 429


async def test_where_she_has_given_a_code_before_strangers_codes_do_not_count(
    stranger, claire, second, database, clock
):
    await sign_in(stranger)
    await give(stranger, totp.code(SECRET, clock.now()))
    stranger.cookies.delete("voicebot")
    clock.advance(totp.STEP_S)
    with database.write() as connection:
        for n in range(30):
            counted = failures.limits(Step.CODE, "claire", f"203.0.{n}.1")
            failures.add(connection, counted, clock.now())
    await sign_in(stranger)
    assert (await give(stranger, totp.code(SECRET, clock.now()))).status_code == 303


async def test_the_password_alone_makes_no_device_known(stranger, claire, second):
    await sign_in(stranger)
    assert f"device-{claire.id}" not in stranger.cookies


async def test_halfway_does_not_last(stranger, claire, second, clock):
    await sign_in(stranger)
    clock.advance(HALFWAY.total_seconds())
    answer = await stranger.post("/login/second", data={"code": "1"})
    assert answer.headers["location"] == "/login"


async def test_it_ends_when_nobody_uses_it_and_not_before(app, database, clock):
    async with browsing(app, signed_in(database, clock.now())) as asking:
        for _ in range(3):
            clock.advance((IDLE - timedelta(minutes=1)).total_seconds())
            assert (await asking.get("/calls")).status_code == 200
        clock.advance(IDLE.total_seconds())
        assert (await asking.get("/calls")).status_code == 303


async def test_signing_out_ends_it_on_the_server_too(app, database, clock, noted):
    some = signed_in(database, clock.now())
    async with browsing(app, some) as asking:
        answer = await asking.post("/logout")
        assert answer.headers["location"] == "/login"
        assert 'voicebot=""' in answer.headers["set-cookie"]
    async with browsing(app, some) as again:
        assert (await again.get("/calls")).status_code == 303
    assert noted() == ["signed_out"]


@pytest.mark.parametrize("wanted", ["/calls", "/calls?words=a&page=2", "/"])
def test_where_one_is_led_back_to(wanted):
    assert inside(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    ["", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)",
     "/a\r\nSet-Cookie: x", "evil", "/\t/evil.example", "//[", "\\\\evil"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(wanted):
    assert inside(wanted) == "/account/home"
