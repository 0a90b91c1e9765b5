"""A switchboard that takes operators' headsets over real WebRTC, with nobody at its other end."""

import asyncio
import json

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from tests.web.conftest import Answer, PaperSwitchboard


class HeadsetSwitchboard(PaperSwitchboard):
    """Keeps what each headset says on its data channel."""

    def __init__(self, operators):
        super().__init__()
        self.operators = operators
        self.told = []
        self.peers = []

    async def headset(self, sdp, type, operator, name):
        peer = RTCPeerConnection()
        self.peers.append(peer)
        party = PaperParty(name, peer)

        def open_channel(channel):
            self.operators.connect(operator, party)
            channel.on("message", self.take)
            channel.on("close", lambda: self.operators.disconnect(operator, party))

        peer.on("datachannel", open_channel)
        await peer.setRemoteDescription(RTCSessionDescription(sdp, type))
        peer.addTrack(AudioStreamTrack())
        await peer.setLocalDescription(await peer.createAnswer())
        return Answer(peer.localDescription.sdp, peer.localDescription.type, "")

    async def close(self):
        """Also what a browser that died has left open."""
        for peer in self.peers:
            await peer.close()

    def take(self, text):
        if text.startswith("{"):
            self.told.append(json.loads(text))


class PaperParty:
    """A line on which nothing is said."""

    def __init__(self, name, peer):
        self.name = name
        self.peer = peer
        self.gone = asyncio.Event()

    async def say(self, text, language):
        pass

    async def hear(self, seconds):
        await asyncio.sleep(seconds)

    async def hang_up(self):
        await self.peer.close()
