"""What a browser really received: the sound of every line, kept in the page, and recognised."""

import base64

import numpy as np

RATE = 16_000
"""Hz: what the shipped ear takes."""

KEEP = """
(() => {
  const Peer = window.RTCPeerConnection;
  const kept = (window.received = []);
  window.RTCPeerConnection = class extends Peer {
    constructor(...given) {
      super(...given);
      this.addEventListener("track", ({ streams, track }) => {
        const audio = new AudioContext({ sampleRate: 16000 });
        const source = audio.createMediaStreamSource(streams[0] ?? new MediaStream([track]));
        const tap = audio.createScriptProcessor(2048, 1, 1);
        const line = { at: [], pieces: [] };
        kept.push(line);
        tap.onaudioprocess = ({ inputBuffer }) => {
          const piece = inputBuffer.getChannelData(0);
          line.at.push(performance.timeOrigin + performance.now());
          line.pieces.push(Int16Array.from(piece, (x) => Math.max(-1, Math.min(1, x)) * 32767));
        };
        source.connect(tap).connect(audio.destination);
      });
    }
  };
})();
"""

FETCH = """
() => window.received.map(({ at, pieces }) => {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let place = 0;
  for (const piece of pieces) {
    bytes.set(new Uint8Array(piece.buffer), place);
    place += piece.byteLength;
  }
  let text = "";
  for (let i = 0; i < bytes.length; i += 32768) {
    text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  }
  return { began: at[0] ?? 0, sound: btoa(text) };
})
"""


def listening(context):
    """Has every page of this browser keep what its lines receive, from their first packet on."""
    context.add_init_script(KEEP)


def received(page, line=-1):
    """The sound of a page's line so far, the latest line by default: 16 kHz, floats."""
    lines = page.evaluate(FETCH)
    if not lines:
        return np.zeros(0, np.float32)
    raw = base64.b64decode(lines[line]["sound"])
    return np.frombuffer(raw, "<i2").astype(np.float32) / 32768


def recognised(ear, samples):
    """The words that the ear hears in a sound of any length, phrase after phrase."""
    heard = (ear.listen(samples[begin:end]) for begin, end in phrases(samples))
    return " ".join(one.text for one in heard if one.text)


def phrases(samples, quiet_s=0.5, floor=0.01):
    """Where somebody speaks: from sample to sample, cut at pauses."""
    step = RATE // 50
    count = len(samples) // step
    loud = np.abs(samples[: count * step]).reshape(count, step).max(axis=1) > floor
    found, began, silent = [], None, 0
    for number, speaks in enumerate(loud):
        if speaks:
            began = number if began is None else began
            silent = 0
        elif began is not None:
            silent += 1
            if silent * 0.02 >= quiet_s:
                found.append((began, number))
                began, silent = None, 0
    if began is not None:
        found.append((began, count))
    edge = RATE // 5
    return [(max(0, b * step - edge), min(len(samples), e * step + edge)) for b, e in found]
