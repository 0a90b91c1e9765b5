"""A switchboard with a real WebRTC line and a script instead of an ear, for the browser's tests."""

import asyncio
import json
from datetime import timedelta

import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError

from tests.web.conftest import NOW, Answer, recording, urgent
from voicebot.store.entry import CallStart, Entry

AFTERWARDS = NOW + timedelta(seconds=20)
LOUD = 500
"""Above this peak of 16 bits, the microphone is heard."""


class WireSwitchboard:
    """Answers calls; says the urgent call's script once it hears the caller's voice."""

    def __init__(self, journal, live, recordings):
        self.journal, self.live, self.recordings = journal, live, recordings
        self.peers = {}
        self.tasks = set()
        self.delay_s = 0

    async def offer(self, sdp, type, client, caller_number=None):
        await asyncio.sleep(self.delay_s)
        call_id = f"wire{len(self.peers) + 1}"
        peer = self.peers[call_id] = RTCPeerConnection()
        call = WireCall(self, call_id, client, caller_number)
        peer.on("datachannel", lambda channel: channel.on("message", call.message))
        peer.on("track", lambda track: self.start(call.listen(track)))
        await peer.setRemoteDescription(RTCSessionDescription(sdp, type))
        peer.addTrack(AudioStreamTrack())
        await peer.setLocalDescription(await peer.createAnswer())
        return Answer(peer.localDescription.sdp, peer.localDescription.type, call_id)

    def start(self, work):
        task = asyncio.ensure_future(work)
        self.tasks.add(task)  # the loop itself keeps no hold on it
        task.add_done_callback(self.tasks.discard)


class WireCall:
    def __init__(self, board, call_id, client, caller_number):
        self.board, self.call_id, self.script = board, call_id, urgent(NOW)
        self.start = CallStart(call_id, client, caller_number, None, NOW)
        self.ended = False

    def write(self, *entries):
        self.board.journal.write(self.call_id, entries)
        for entry in entries:
            self.board.live.publish(self.call_id, entry)

    def message(self, text):
        if text.startswith("{"):
            said = json.loads(text)
            if said["type"] == "dtmf" and not self.ended:
                self.write(Entry("pressed", AFTERWARDS, {"key": said["key"]}))
                if said["key"] == "#":
                    self.board.start(self.hang_up("bot"))

    async def listen(self, track):
        """Follows the script: the caller's voice is its cue, his silence is his hanging up."""
        self.board.journal.open(self.start, self.script[:2])
        try:
            while np.abs((await track.recv()).to_ndarray()).max() < LOUD:
                pass
            self.board.live.publish(self.call_id, Entry("hearing", NOW, {"text": "bonjour j'ai"}))
            for _ in range(25):
                await track.recv()
            self.write(*(entry for entry in self.script[2:] if entry.kind not in OWN))
            while True:
                await track.recv()
        except MediaStreamError:
            await self.hang_up("caller")

    async def hang_up(self, cause):
        if not self.ended:
            self.ended = True
            recording(self.board.recordings / f"{self.call_id}.wav", 65)
            self.write(Entry("ended", AFTERWARDS, {"outcome": "alert_raised", "cause": cause}))
            await self.board.peers[self.call_id].close()


OWN = ("pressed", "ended", "interrupted")
"""What the browser does itself."""
