import re

import pytest

from voicebot.web.app import STATIC
from voicebot.web.guard import MAX_BODY, Guard

POST = {"sdp": "v=0", "type": "offer", "client": "plomberie-moreau"}


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8080", True),
        ("localhost", True),
        ("LOCALHOST:8080", True),
        ("[::1]:8080", True),
        ("192.168.1.20:8080", True),  # no name, so nobody can make it point elsewhere
        ("voicebot.example.fr", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("127.0.0.1@evil.example", False),
        ("", False),
        ("[::1", False),
        ("127.0.0.1:port", True),
    ],
)
def test_hosts(host, known):
    assert Guard(None, frozenset({"Voicebot.example.fr"})).known(host) is known


async def test_a_name_pointed_here_by_somebody_else_is_refused(browser):
    answer = await browser.get("/calls", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer.json() == {
        "error": "this server does not answer under that name (set VOICEBOT_HOSTS)"
    }


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "http://["]
)
async def test_another_page_cannot_ring(browser, switchboard, origin):
    answer = await browser.post("/api/offer", json=POST, headers={"Origin": origin})

    assert answer.status_code == 403
    assert switchboard.offers == []


async def test_our_own_page_can(browser):
    answer = await browser.post(
        "/api/offer", json=POST, headers={"Origin": "http://127.0.0.1:8080"}
    )

    assert answer.status_code == 200


async def test_a_body_too_large_is_refused(browser, switchboard):
    answer = await browser.post("/api/offer", json={**POST, "sdp": "v=0" + "x" * MAX_BODY})

    assert answer.status_code == 413
    assert switchboard.offers == []


@pytest.mark.parametrize("length", ["-1", "many", "²"])
async def test_a_size_that_is_none_is_refused(browser, switchboard, length):
    headers = {"Content-Length": length.encode("latin-1")}
    answer = await browser.post("/api/offer", content=b"{}", headers=headers)

    assert answer.status_code == 413
    assert switchboard.offers == []


async def test_a_body_too_large_that_announces_no_size_is_refused(browser, switchboard):
    async def endless():
        yield b'{"sdp": "v=0'
        for _ in range(MAX_BODY // 1024 + 1):
            yield b"x" * 1024

    answer = await browser.post("/api/offer", content=endless())

    assert answer.status_code == 413
    assert switchboard.offers == []


@pytest.mark.parametrize("path", ["/", "/calls", "/calls/none", "/api/clients", "/static/page.css"])
async def test_every_answer_carries_the_security_headers(browser, path):
    headers = (await browser.get(path)).headers

    assert headers["content-security-policy"].startswith(
        "default-src 'self'; media-src 'self' blob:"
    )
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == ("no-cache" if "static" in path else "no-store")


@pytest.mark.parametrize("path", ["/", "/calls", "/calls/c1"])
async def test_no_page_needs_what_the_policy_forbids(browser, urgent_call, path):
    page = (await browser.get(path)).text

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert all('src="/static/' in tag for tag in page.split("<script")[1:])


TEMPLATES = sorted((STATIC.parent / "templates").glob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_needs_what_the_policy_forbids(file):
    text = file.read_text().replace('<script type="application/json"', "<data")  # never run
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(src|href)=["']https?:""", text)  # nothing comes from elsewhere


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_form_that_changes_something_carries_its_token(file):
    if file.name.startswith("link"):
        pytest.skip("who has the link needs no account: its address is the secret")
    for form in re.findall(r"<form[^>]*method=.post.*?</form>", file.read_text(), re.S):
        assert 'name="csrf" value="{{ csrf }}"' in form or "hx-" in form
