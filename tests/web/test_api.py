import httpx


async def test_clients(browser):
    listed = (await browser.get("/api/clients")).json()

    assert [client["name"] for client in listed] == [
        "cabinet-durand",
        "hotel-lagon",
        "plomberie-moreau",
    ]
    assert listed[0] == {
        "name": "cabinet-durand",
        "company": "Cabinet de Maître Durand",
        "sector": "avocat",
        "language": "fr",
    }


async def test_calls(browser, urgent_call):
    found = (await browser.get("/api/calls?urgency=urgent&size=1")).json()

    assert (found["total"], found["page"], found["pages"]) == (1, 1, 1)
    [call] = found["calls"]
    assert (call["id"], call["client"], call["rule"]) == ("c1", "plomberie-moreau", "moreau.fuite")
    assert call["message"]["fields"]["caller_name"] == "Hélène Noël"
    assert (await browser.get("/api/calls?urgency=vital")).json()["calls"] == []


async def test_a_call(browser, urgent_call):
    found = (await browser.get("/api/calls/c1")).json()

    assert found["call"]["started_at"] == "2026-01-14T21:30:00Z"
    assert found["call"]["words"] == ["eau", "coule"]
    assert found["entries"][2]["data"]["confidence"] == 0.93
    assert found["facts"]["callback_number"] == "+33612345678"
    assert found["alerts"][0]["state"] == "triggered"
    assert found["message"]["complete"] is True
    assert found["recording"] == "/recordings/c1.wav"


async def test_a_call_that_nobody_made_is_one_line(browser):
    answer = await browser.get("/api/calls/nope")

    assert (answer.status_code, answer.json()) == (404, {"error": "no call nope in the store"})


async def test_a_mistake_of_ours_is_one_line_too(app, nadia, urgent_call, monkeypatch):
    monkeypatch.setattr("voicebot.web.turns.facts", lambda *_: 1 / 0)
    calm = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=calm, base_url="http://localhost", cookies=nadia.cookies
    ) as asking:
        answer = await asking.get("/api/calls/c1")

    assert answer.status_code == 500
    assert answer.json() == {"error": "the server made a mistake; its log says which"}


async def test_a_store_that_is_gone_is_not_healthy(stranger, database):
    database.close()
    database.file.write_bytes(b"\x00" * 4096)
    database.file.with_name("voicebot.db-wal").unlink(missing_ok=True)

    answer = await stranger.get("/healthz")

    assert answer.status_code >= 400
    assert "error" in answer.json()
