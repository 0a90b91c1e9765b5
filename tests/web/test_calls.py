import wave
from datetime import timedelta

import pytest

from tests.web.conftest import NOW, recording, urgent
from voicebot.store import notes
from voicebot.store.entry import CallStart, Entry
from voicebot.store.notes import Note


@pytest.fixture
def quiet_call(journal):
    """A call of the day before in which nothing happened, at the other end of the world."""
    at = NOW - timedelta(days=1)
    journal.open(CallStart("c0", "hotel-lagon", None, None, at), [Entry("answered", at, {})])
    return "c0"


async def page(browser, path, status=200):
    answer = await browser.get(path)
    assert answer.status_code == status
    return answer.text


async def test_an_empty_list_says_what_to_do(browser):
    text = await page(browser, "/calls")

    assert "Aucun appel pour l'instant" in text
    assert "Passer un premier appel" in text


async def test_the_list(browser, urgent_call, quiet_call):
    text = await page(browser, "/calls")

    assert text.index("Aujourd&#39;hui") < text.index("/calls/c1") < text.index("Hier")
    for seen in ("22:30", "06 12 34 56 78", "Urgent", "Alerte enregistrée", "1\xa0min\xa005\xa0s"):
        assert seen in text
    for seen in ("Hier", "01:30", "Numéro masqué", "En cours"):
        assert seen in text


async def test_callers_words_are_escaped_everywhere(browser, urgent_call):
    for path in ("/calls", "/calls/c1"):
        text = await page(browser, path)
        assert "<b>" not in text
        assert "&lt;b&gt;de l&#39;eau&lt;/b&gt;" in text


async def test_filters_find_and_stay_filled_in(browser, urgent_call, quiet_call):
    text = await page(browser, "/calls?words=Helene+plafond&client=plomberie-moreau&urgency=urgent")

    assert "/calls/c1" in text
    assert "/calls/c0" not in text
    assert 'value="Helene plafond"' in text
    assert '<option value="plomberie-moreau" selected>' in text


async def test_a_filter_that_finds_nothing_says_so(browser, urgent_call):
    text = await page(browser, '/calls?words="><script>alert(1)</script>')

    assert "Aucun appel ne correspond" in text
    assert "<script>" not in text


async def test_pages(browser, journal):
    for n in range(26):
        at = NOW + timedelta(minutes=n)
        journal.open(CallStart(f"n{n}", "cabinet-durand", None, None, at), [])

    first = await page(browser, "/calls?client=cabinet-durand")
    second = await page(browser, "/calls?client=cabinet-durand&page=2")

    assert "Page 1 sur 2" in first
    assert "26 appels correspondent" in first
    assert "/calls?client=cabinet-durand&amp;page=2" in first
    assert "/calls/n25" in first
    assert '/calls/n0"' in second
    assert '/calls/n1"' not in second


async def test_a_search_by_number_day_and_outcome(browser, urgent_call, quiet_call):
    for query in (
        "number=06+12",
        "since=2026-01-14&client=plomberie-moreau",
        "outcome=alert_raised",
    ):
        text = await page(browser, f"/calls?{query}")
        assert "1 appel correspond" in text
        assert "/calls/c1" in text
    # On the day before by our clock it was the 14th already at Saint-Denis de la Réunion.
    assert "2 appels" in await page(browser, "/calls?since=2026-01-14&until=2026-01-14")
    text = await page(browser, "/calls?outcome=going_on&since=&until=2026-01-14&number=&words=")
    assert "/calls/c0" in text
    assert "/calls/c1" not in text
    assert 'value="2026-01-14"' in text
    assert '<option value="going_on" selected>' in text


@pytest.mark.parametrize("day", ["hier", "2026-02-30", "0001-01-01", "9999-12-31"])
async def test_a_day_that_cannot_be(browser, day):
    await page(browser, f"/calls?since={day}", 422)


async def test_the_next_page_keeps_the_search(browser, journal):
    for n in range(26):
        journal.open(CallStart(f"n{n}", "cabinet-durand", "+33612345678", None, NOW), [])

    text = await page(browser, "/calls?number=06+12&since=2026-01-14&words=")

    assert "/calls?number=06+12&amp;since=2026-01-14&amp;page=2" in text


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999"])
async def test_a_page_that_cannot_be(browser, number):
    text = await page(browser, f"/calls?page={number}", 422)

    assert "n&#39;a pas pu être comprise" in text


async def test_a_call_whole(browser, urgent_call):
    text = await page(browser, f"/calls/{urgent_call}")

    assert "Mercredi 14 janvier 2026 à 22\xa0h\xa030" in text
    for seen in ("moreau.fuite", "De l&#39;eau coule et ne s&#39;arrête pas.", "<q>coule</q>"):
        assert seen in text
    for seen in ("Hélène Noël", "06 12 34 56 78", "jeudi 15 janvier 2026 à 8\xa0h\xa000"):
        assert seen in text
    assert "22:30:09" in text
    assert 'src="/recordings/c1.wav"' in text
    assert 'data-start="5.0"' in text  # where his voice begins in the recording
    assert "Journal complet (17 entrées)" in text
    assert "utter_alerted" in text  # in the folded journal


async def test_a_fact_that_the_message_shows_is_not_shown_twice(browser, journal, urgent_call):
    assert "Autres informations" not in await page(browser, "/calls/c1")

    journal.write("c1", [Entry("slot", NOW, {"name": "since", "value": "ce matin"})])
    assert "Autres informations" in await page(browser, "/calls/c1")


async def test_a_call_of_a_client_that_is_gone(browser, journal):
    journal.open(CallStart("old", "garage-petit", None, None, NOW), urgent(NOW))

    assert "garage-petit" in await page(browser, "/calls/old")
    assert "garage-petit" in await page(browser, "/calls")


async def test_a_call_without_a_recording_has_no_player(browser, quiet_call):
    text = await page(browser, f"/calls/{quiet_call}")

    assert "<audio" not in text
    assert "data-start" not in text


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"hello" * 100])
async def test_a_recording_that_is_damaged_breaks_no_page(browser, urgent_call, tmp_path, broken):
    (tmp_path / "recordings" / "c1.wav").write_bytes(broken)

    text = await page(browser, f"/calls/{urgent_call}")

    assert "<audio" in text
    assert "wave__drawing" not in text


async def test_the_drawing_shows_who_speaks_when(browser, urgent_call):
    text = await page(browser, f"/calls/{urgent_call}")
    caller = text.split('wave__lane--caller" d="M')[1].split('Z"')[0]
    above = [float(point.split()[1]) for point in caller.split("L")][:720]

    spoken = [n for n, height in enumerate(above) if height < 15]
    assert spoken[0] == pytest.approx(720 * 5 / 65, abs=1)
    assert spoken[-1] == pytest.approx(720 * 9 / 65, abs=1)


async def test_a_third_voice_has_a_line_of_its_own(browser, urgent_call, tmp_path):
    recording(tmp_path / "recordings" / "c1.wav", 65, voices=3)

    text = await page(browser, f"/calls/{urgent_call}")

    assert text.count('class="wave__lane ') == 3
    assert "Interlocuteur</button>" in text


async def test_a_transfer_with_its_legs_and_notes(
    browser, journal, database, urgent_call, tmp_path
):
    recording(tmp_path / "recordings" / "c1.wav", 65, voices=3)
    claire = {"number": 0, "target": "operators", "person": "7", "name": "Claire Petit"}
    karim = {"number": 1, "target": "on_call", "person": "karim", "name": "Karim Haddad"}
    at = [NOW + timedelta(seconds=n) for n in range(20, 60)]
    journal.write(
        "c1",
        [
            Entry("transfer", at[0], {"reason": "asked"}),
            Entry("leg", at[0], {**claire, "state": "ringing"}),
            Entry(
                "leg",
                at[5],
                {**claire, "state": "ended", "outcome": "declined", "reason": "Déjà en <b>ligne"},
            ),
            Entry("leg", at[5], {**karim, "state": "ringing"}),
            Entry("leg", at[12], {**karim, "state": "ended", "outcome": "accepted"}),
            Entry("joined", at[12], {"number": 1, "name": "Karim Haddad"}),
            Entry("transferred", at[39], {"result": "spoken", "person": "Karim Haddad"}),
        ],
    )
    with database.write() as connection:
        notes.add(
            connection, Note("c1", at[39], 7, "Claire Petit", "Rappeler à <i>8 h", "call_back")
        )

    text = await page(browser, "/calls/c1")

    for seen in ("L&#39;appelant demande une personne", "après 12\xa0s d'attente", "a refusé"):
        assert seen in text
    assert "<q>Déjà en &lt;b&gt;ligne</q>" in text
    assert "Ils se sont parlé : Karim Haddad" in text
    assert "Karim Haddad</button>" in text  # the name of the third voice
    assert "Rappeler à &lt;i&gt;8 h" in text
    assert "À rappeler" in text


async def test_a_call_that_nobody_made(browser):
    text = await page(browser, "/calls/nope", 404)

    assert "Cette page n&#39;existe pas" in text


async def test_a_recording_by_pieces(browser, urgent_call, tmp_path):
    whole = (tmp_path / "recordings" / "c1.wav").read_bytes()

    all_of_it = await browser.get("/recordings/c1.wav")
    piece = await browser.get("/recordings/c1.wav", headers={"Range": "bytes=1000-1999"})
    beyond = await browser.get("/recordings/c1.wav", headers={"Range": "bytes=99999999-"})

    assert all_of_it.headers["content-type"] == "audio/wav"
    assert all_of_it.headers["accept-ranges"] == "bytes"
    assert all_of_it.content == whole
    assert (piece.status_code, piece.content) == (206, whole[1000:2000])
    assert piece.headers["content-range"] == f"bytes 1000-1999/{len(whole)}"
    assert beyond.status_code == 416


async def test_only_a_call_s_own_recording_is_served(browser, quiet_call, tmp_path):
    (tmp_path / "recordings").mkdir(exist_ok=True)
    with wave.open(str(tmp_path / "secret.wav"), "wb") as wav:
        wav.setparams((1, 2, 8000, 0, "NONE", ""))

    for name in ("nope", "c0", "..%2Fsecret", "%2e%2e/secret", "..\\secret"):
        assert (await browser.get(f"/recordings/{name}.wav")).status_code == 404
