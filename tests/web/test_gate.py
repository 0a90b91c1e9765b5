"""Every address is closed but to whom it is opened: the table of rules, tried on every route."""

import re

import pytest
from fastapi.routing import APIRoute

from tests.web.accounts import browsing, signed_in
from voicebot.accounts.account import Place
from voicebot.accounts.grant import allows
from voicebot.accounts.role import Role
from voicebot.web.rules import CLOSED, RULES, SAFE, rule_of

MOREAU = frozenset({"plomberie-moreau"})
PLACES = {
    Role.ADMINISTRATOR: Place(Role.ADMINISTRATOR),
    Role.OPERATOR: Place(Role.OPERATOR, MOREAU),
    Role.CLIENT: Place(Role.CLIENT, MOREAU),
    Role.TECHNICIAN: Place(Role.TECHNICIAN, MOREAU, "karim"),
}


def routes(found):
    for route in found:
        if isinstance(route, APIRoute):
            yield from ((route.path, method) for method in sorted(route.methods))
        elif hasattr(route, "original_router"):
            yield from routes(route.original_router.routes)


def address(path):
    """An address of that route about something of another client, or about nothing."""
    given = {"name": "cabinet-durand", "client": "cabinet-durand"}
    return re.sub(r"{(\w+)(:\w+)?}", lambda part: given.get(part[1], "1"), path)


def asked(app):
    found = sorted(set(routes(app.routes)))
    assert len(found) > 60, "the routes are not where this test looks for them"
    return found


async def test_without_an_account_only_what_the_table_opens(app, stranger):
    for path, method in asked(app):
        if rule_of(path).public:
            continue
        answer = await stranger.request(method, address(path))
        if path.startswith("/api/"):
            assert answer.status_code == 401, (method, path)
        else:
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/login"), (method, path)


def test_the_public_addresses_are_these_and_no_other(app):
    public = {path for path, _ in asked(app) if rule_of(path).public}
    assert public == {
        *("/", "/api/offer", "/l/{token}", "/healthz"),
        *("/login", "/login/second", "/welcome/{token}", "/language"),
        *("/receipts/twilio", "/receipts/ovh/{secret}", "/receipts/http"),
        "/calendar/{client}/{secret}.ics",
        "/calendar/{client}/{technician}/{secret}.ics",
    }


def test_every_route_stands_in_the_table_and_every_rule_is_of_use(app):
    paths = {path for path, _ in asked(app)}
    assert not [path for path in paths if rule_of(path) is CLOSED]
    used = {rule_of(path) for path in paths}
    assert not [rule.path for rule in RULES if rule not in used]


def test_what_is_added_tomorrow_is_the_administrators_alone():
    assert rule_of("/tomorrow") is CLOSED
    assert [role for role in Role if allows(role, CLOSED.needs("GET"))] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", Role)
async def test_a_role_may_do_what_it_was_granted_and_nothing_else(app, database, clock, role):
    async with browsing(
        app, signed_in(database, clock.now(), "some", "Some", PLACES[role])
    ) as some:
        for path, method in asked(app):
            rule = rule_of(path)
            if rule.public or path in ("/logout", "/account/sessions/end"):
                continue
            if path.endswith("/events") and role is not Role.TECHNICIAN:
                continue  # it goes on for ever
            answer = await some.request(method, address(path))
            if not allows(role, rule.needs(method)):
                assert answer.status_code == 403, (method, path)
            else:
                assert answer.status_code not in (401, 403), (method, path)
                assert not answer.headers.get("location", "").startswith("/login")


async def test_nothing_is_changed_without_the_forms_token(app, database, clock):
    some = signed_in(database, clock.now())
    for path, method in asked(app):
        if method in SAFE or rule_of(path).public:
            continue
        async with browsing(app) as forged:
            forged.cookies.update(some.cookies)
            for headers in ({}, {"X-CSRF-Token": "guessed"}):
                answer = await forged.request(method, address(path), headers=headers)
                assert answer.status_code == 403, (method, path)
            answer = await forged.request(method, address(path), data={"csrf": "guessed"})
            assert answer.status_code == 403, (method, path)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CLIENT])
async def test_another_clients_call_does_not_exist(
    app, database, clock, journal, urgent_call, role
):
    durand = Place(role, frozenset({"cabinet-durand"}))
    async with browsing(app, signed_in(database, clock.now(), "durand", "D", durand)) as other:
        for path in (
            *("/calls/c1", "/api/calls/c1", "/api/calls/c1/events", "/recordings/c1.wav"),
            *("/alerts/1", "/api/alerts/1/events", "/rota/plomberie-moreau"),
            *("/statements/plomberie-moreau", "/rota/plomberie-moreau/feeds"),
        ):
            found = await other.get(path)
            assert found.status_code == 404, path
        assert "plomberie-moreau" not in (await other.get("/alerts")).text
        assert "Plomberie Moreau" not in (await other.get("/oncall")).text
        assert "/calls/c1" not in (await other.get("/calls")).text
        assert (await other.get("/api/calls")).json()["total"] == 0
        none, there = await other.get("/api/calls/c1"), await other.get("/api/calls/c2")
        assert none.json()["error"].replace("c1", "c2") == there.json()["error"]


async def test_an_operator_of_the_client_sees_it(app, database, clock, urgent_call):
    moreau = PLACES[Role.OPERATOR]
    async with browsing(app, signed_in(database, clock.now(), "moreau", "M", moreau)) as mine:
        for path in ("/calls/c1", "/recordings/c1.wav", "/alerts/1", "/rota/plomberie-moreau"):
            assert (await mine.get(path)).status_code == 200, path


async def test_a_caller_follows_his_own_call_and_no_other(stranger, switchboard, urgent_call):
    offer = {"sdp": "v=0", "type": "offer", "client": "plomberie-moreau"}
    answer = await stranger.post("/api/offer", json=offer)
    assert answer.json()["call_id"] == "call-1"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "Path=/api/calls/call-1/events" in cookie
    assert "SameSite=strict" in cookie

    pass_ = cookie.partition("=")[2].partition(";")[0]
    stranger.cookies.clear()
    answer = await stranger.get("/api/calls/c1/events", headers={"Cookie": f"ring={pass_}"})
    assert answer.status_code == 401


async def test_the_first_page_wanted_is_the_one_shown(stranger):
    answer = await stranger.get("/calls?words=fuite")
    assert answer.headers["location"] == "/login?next=%2Fcalls%3Fwords%3Dfuite"
    answer = await stranger.get("/console/calls/c1", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


async def test_public_pages_are_asked_only_so_often(stranger, clock):
    statuses = [(await stranger.get("/")).status_code for _ in range(125)]
    assert statuses[:120] == [200] * 120
    assert 429 in statuses[120:]
    assert (await stranger.get("/healthz")).status_code == 200
    clock.advance(60)
    assert (await stranger.get("/")).status_code == 200


async def test_where_the_second_factor_is_required_nothing_opens_without(
    clients, switchboard, live, database, tmp_path, clock
):
    from voicebot.store import users
    from voicebot.web.app import create_app

    app = create_app(
        clients=clients,
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
        second_factor_required=True,
    )
    some = signed_in(database, clock.now())
    async with browsing(app, some) as asking:
        answer = await asking.get("/calls")
        assert (answer.status_code, answer.headers["location"]) == (303, "/account")
        assert (await asking.get("/api/calls")).status_code == 403
        assert (await asking.get("/account")).status_code == 200
        with database.write() as connection:
            users.keep_secret(connection, some.id, "S")
            users.confirm_secret(connection, some.id, 1, clock.now())
        assert (await asking.get("/calls")).status_code == 200


def test_looking_never_needs_more_than_changing():
    for rule in RULES:
        if rule.sees and rule.changes:
            for role in Role:
                assert not (allows(role, rule.changes) and not allows(role, rule.sees))
