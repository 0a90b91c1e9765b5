"""Who reads which language."""

import pytest

from tests.web.accounts import browsing
from voicebot.store import invitations, users


def language(page):
    return page.text.split("<html lang=", 1)[1][1:3]


async def chosen(asking, code, **more):
    return await asking.post("/language", data={"language": code, "next": "/login", **more})


async def test_pages_are_french_until_somebody_chooses(stranger, browser):
    assert language(await stranger.get("/login")) == "fr"
    assert language(await browser.get("/calls")) == "fr"


async def test_who_has_no_account_chooses_for_his_browser(stranger):
    answer = await chosen(stranger, "en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert "HttpOnly" in answer.headers["set-cookie"]
    page = await stranger.get("/login")
    assert language(page) == "en"
    assert "Sign in" in page.text
    assert "Français" in page.text

    await chosen(stranger, "fr")
    assert language(await stranger.get("/login")) == "fr"


async def test_who_is_signed_in_chooses_for_his_account(browser, nadia, database, app):
    await chosen(browser, "en", csrf=nadia.csrf)
    with database.read() as connection:
        assert users.find(connection, nadia.id).language == "en"
    async with browsing(app, nadia) as elsewhere:
        assert language(await elsewhere.get("/account")) == "en", "on his other browser too"


async def test_his_account_goes_before_the_browsers_cookie(browser, nadia, database):
    with database.write() as connection:
        users.set_language(connection, nadia.id, "en")
    browser.cookies.set("language", "fr")
    assert language(await browser.get("/calls")) == "en"


async def test_the_page_of_an_account_says_which_and_offers_the_others(browser, nadia):
    page = await browser.get("/account")
    assert 'value="fr" checked' in page.text
    form = {"language": "en", "next": "/account?done=language", "csrf": nadia.csrf}
    answer = await browser.post("/language", data=form)
    page = await browser.get(answer.headers["location"])
    assert 'value="en" checked' in page.text
    assert "The language of the pages has been saved." in page.text


async def test_the_link_to_choose_a_password_speaks_its_owners_language(
    stranger, database, clock, nadia
):
    with database.write() as connection:
        users.set_language(connection, nadia.id, "en")
        token = invitations.make(connection, nadia.id, clock.now())
    page = await stranger.get(f"/welcome/{token}")
    assert language(page) == "en"
    assert "Choose your password." in page.text


async def test_what_was_said_in_another_language_is_marked_for_screen_readers(
    browser, nadia, database, urgent_call
):
    said = "Plomberie Moreau, bonjour."
    page = await browser.get("/calls/c1")
    assert f'<p class="turn__text">{said}' in page.text
    with database.write() as connection:
        users.set_language(connection, nadia.id, "en")
    page = await browser.get("/calls/c1")
    assert f'<p class="turn__text" lang="fr">{said}' in page.text
    assert "Reports a water leak" in page.text


async def test_an_account_is_not_changed_from_another_site(app, nadia, database):
    async with browsing(app) as asking:
        asking.cookies.update(nadia.cookies)
        assert (await chosen(asking, "en", csrf="guessed")).status_code == 403
    with database.read() as connection:
        assert users.find(connection, nadia.id).language == ""


@pytest.mark.parametrize("code", ["tlh", "", "../../etc"])
async def test_a_language_that_no_page_speaks_is_french(stranger, code):
    await chosen(stranger, "en")
    await chosen(stranger, code)
    assert language(await stranger.get("/login")) == "fr"


async def test_nobody_is_sent_elsewhere(stranger):
    answer = await stranger.post(
        "/language", data={"language": "en", "next": "https://elsewhere.example/"}
    )
    assert answer.headers["location"] == "/account/home"


async def test_one_comes_back_to_the_page_that_one_read(stranger):
    page = await stranger.get("/login?next=/calls?page=2")
    assert 'name="next" value="/login?next=/calls?page=2"' in page.text


async def test_a_form_that_is_refused_comes_back_to_its_own_page(stranger):
    form = {"login": "nobody", "password": "wrong", "csrf": "x"}
    stranger.cookies.set("form", "x")
    page = await stranger.post(
        "/login", data=form, headers={"Referer": "http://127.0.0.1:8080/login?next=/mine"}
    )
    assert page.status_code == 401
    assert 'name="next" value="/login?next=/mine"' in page.text.split("<footer")[1]


async def test_an_error_is_told_in_that_language(stranger):
    await chosen(stranger, "en")
    page = await stranger.get("/nowhere")
    assert page.status_code == 404
    assert language(page) == "en"
