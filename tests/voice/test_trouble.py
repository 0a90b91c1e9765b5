"""What goes wrong in a call stays in it, is told honestly, and is in the journal."""

import asyncio
from pathlib import Path

import pytest

from voicebot.calls.journal import MemoryJournal
from voicebot.errors import BadInput, NotFound, StoreFull
from voicebot.voice import switchboard
from voicebot.voice.notices import Notice, words
from voicebot.voice.switchboard import LinesBusy

pytestmark = pytest.mark.audio


class FullJournal(MemoryJournal):
    """Takes `takes` writes, then the disk is full."""

    def __init__(self, takes):
        super().__init__()
        self.takes = takes

    def open(self, call, entries):
        self._use()
        super().open(call, entries)

    def write(self, call_id, entries):
        self._use()
        super().write(call_id, entries)

    def _use(self):
        self.takes -= 1
        if self.takes < 0:
            raise StoreFull("the disk is full")


class Broken:
    """An interpreter of which everything fails, even its name."""

    name = "broken"

    def interpret(self, text, expected, now):
        raise RuntimeError("secret words of the caller")


async def ring(line, caller):
    call = await caller.ring("", "boulangerie")
    await line.quiet(caller)
    return call


async def test_an_unknown_client_is_named(exchange):
    with pytest.raises(NotFound, match=r"pharmacie.*boulangerie"):
        await exchange().switchboard.offer("v=0", "offer", "pharmacie")


@pytest.mark.parametrize(
    ("sdp", "kind"),
    [("hello", "offer"), ("", "offer"), ("v=0\r\n", "offer"), ("v=0", "answer")],
)
async def test_an_offer_that_is_none_is_bad_input(exchange, sdp, kind):
    line = exchange()
    with pytest.raises(BadInput):
        await line.switchboard.offer(sdp, kind, "boulangerie")
    assert line.switchboard.ongoing() == ()


async def test_beyond_the_busy_lines_there_is_a_clear_refusal(exchange, monkeypatch):
    monkeypatch.setattr(switchboard, "BUSY_LINES", 0)
    line = exchange(max_calls=1)
    async with line.telephone() as caller:
        await caller.ring("", "boulangerie")
        with pytest.raises(LinesBusy, match="few minutes"):
            await line.switchboard.offer("v=0", "offer", "boulangerie")


@pytest.mark.parametrize("takes", [0, 1])
async def test_a_full_store_is_told_to_the_caller_and_the_call_ends(exchange, takes):
    line = exchange(journal=FullJournal(takes))
    async with line.telephone() as caller:
        await caller.ring("", "boulangerie")
        if takes:
            await line.quiet(caller)
            line.ear.says("martin")
            await caller.say(line.voice("martin"))
        assert await caller.wait_for_end()
        notice = line.parts.prompts.get(words(Notice.UNSAVED, "fr"))
        assert len(caller.earpiece.sound) / 16_000 > notice.seconds
    await line.until(lambda: not line.switchboard.ongoing())


async def test_an_ear_that_fails_is_in_the_journal_and_the_caller_is_asked_again(exchange, capfd):
    line = exchange()
    line.ear.fail = RuntimeError("secret words of the caller")
    async with line.telephone() as caller:
        call = await ring(line, caller)
        await caller.say(line.voice("Martin Dupont"))
        await line.until(lambda: "Pardon, votre nom ?" in line.texts(call, "said"))
    assert {"part": "ear", "why": "RuntimeError"} in line.data(call, "degraded")
    assert "secret words" not in capfd.readouterr().err


async def test_a_crash_in_one_call_ends_it_politely_and_no_other(exchange, monkeypatch, capfd):
    line = exchange()
    async with line.telephone() as one, line.telephone() as two:
        broken, whole = await ring(line, one), await ring(line, two)
        talker = line.switchboard._live[broken].call._talker
        monkeypatch.setattr(talker, "_take", explode)
        line.ear.says("martin")
        await one.say(line.voice("martin"))
        assert await one.wait_for_end()
        await line.say(two, "martin")
    assert line.data(broken, "ended")[0]["cause"] == "lost"
    assert {"part": "call", "why": "Talker: RuntimeError"} in line.data(broken, "degraded")
    assert line.texts(whole, "heard") == ["martin"]
    assert "secret words" not in capfd.readouterr().err


async def explode(happening):
    raise RuntimeError("secret words of the caller")


async def test_a_full_disk_ends_the_recording_and_not_the_call(exchange, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    line = exchange(recordings=Path(blocked) / "recordings")
    async with line.telephone() as caller:
        call = await ring(line, caller)
        await line.until(lambda: "degraded" in line.kinds(call))
        await line.say(caller, "martin")
    assert [data["part"] for data in line.data(call, "degraded")] == ["recording"]


async def test_a_peer_that_sends_no_sound_is_lost(exchange, monkeypatch):
    monkeypatch.setattr("voicebot.voice.call.DEAF_S", 2.0)
    line = exchange()
    async with line.telephone() as caller:
        call = await ring(line, caller)
        sender = caller._peer.getSenders()[0]
        sender.replaceTrack(None)
        await line.until(lambda: "ended" in line.kinds(call))
        assert line.data(call, "ended")[0]["cause"] == "lost"


async def test_a_peer_that_never_connects_leaves_nothing_behind(exchange, monkeypatch):
    from aiortc import RTCPeerConnection

    monkeypatch.setattr("voicebot.voice.channel.CONNECT_S", 1.0)
    line = exchange()
    peer = RTCPeerConnection()
    peer.addTransceiver("audio")
    await peer.setLocalDescription(await peer.createOffer())
    offer = peer.localDescription
    answer = await line.switchboard.offer(offer.sdp, offer.type, "boulangerie")
    assert len(line.switchboard.ongoing()) == 1
    await line.until(lambda: not line.switchboard.ongoing())
    assert line.kinds(answer.call_id) == []
    await peer.close()
    await asyncio.sleep(0)
