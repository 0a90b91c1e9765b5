// One call over WebRTC: microphone out, voice in, keys through a data channel.

import { _ } from "/static/words.js";

const PING_MS = 1000; // the server takes a line without pings for a dead one
const GATHERING_MS = 2000; // waiting longer for network candidates finds nothing more nearby

const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Dispatches "connected" and, once, "closed". */
export class Line extends EventTarget {
  #peer = new RTCPeerConnection();
  #keys = this.#peer.createDataChannel("keys");
  #microphone = null;
  #ping = 0;
  #open = true;

  /** Rings; resolves to the call's id. Throws an Error whose message can be shown, and
   *  leaves it to the caller to hang up then. */
  async ring(client, callerNumber, sound) {
    const answer = await this.connect(sound, (mine) => offer(mine, client, callerNumber));
    return answer.call_id;
  }

  /** Connects to whoever answers; `ask` takes our description and resolves to the answer. */
  async connect(sound, ask) {
    this.#microphone = await openMicrophone();
    if (!this.#open) this.#release(); // hung up while the browser asked for the microphone
    this.#listen(sound);
    for (const track of this.#microphone.getAudioTracks()) {
      this.#peer.addTrack(track, this.#microphone);
    }
    await this.#peer.setLocalDescription();
    await gathered(this.#peer);
    const answer = await ask(this.#peer.localDescription);
    if (this.#open) await this.#peer.setRemoteDescription({ sdp: answer.sdp, type: answer.type });
    return answer;
  }

  /** What the microphone hears, for the level meter. */
  get microphone() {
    return this.#microphone;
  }

  /** Sends a key; false when the line is not ready for it. */
  press(key) {
    return this.tell({ type: "dtmf", key });
  }

  /** Sends a message; false when the line is not ready for it. */
  tell(message) {
    return this.#send(JSON.stringify(message));
  }

  /** Ends the call on this side. */
  hangUp() {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#ping);
    this.#release();
    this.#peer.close();
    this.dispatchEvent(new Event("closed"));
  }

  #release() {
    for (const track of this.#microphone?.getTracks() ?? []) track.stop();
  }

  #listen(sound) {
    this.#peer.addEventListener("track", ({ streams, track }) => {
      sound.srcObject = streams[0] ?? new MediaStream([track]);
      sound.play().catch(() => {}); // ringing was a click, so browsers allow it; else it stays silent
    });
    this.#peer.addEventListener("connectionstatechange", () => {
      const state = this.#peer.connectionState;
      if (state === "connected") this.dispatchEvent(new Event("connected"));
      if (state === "failed" || state === "closed") this.hangUp();
    });
    this.#keys.addEventListener("open", () => {
      this.#ping = setInterval(() => this.#send(`ping: ${Date.now()}`), PING_MS);
    });
    this.#keys.addEventListener("close", () => this.hangUp());
  }

  #send(text) {
    if (this.#keys.readyState !== "open") return false;
    this.#keys.send(text);
    return true;
  }
}

async function openMicrophone() {
  if (!navigator.mediaDevices) {
    throw new Error(_("Le micro n'est accessible qu'en HTTPS ou sur http://localhost."));
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: MICROPHONE });
  } catch (error) {
    const missing = error.name === "NotFoundError";
    throw new Error(
      missing
        ? _("Aucun micro n'a été trouvé. Branchez-en un, puis rappelez.")
        : _("Le micro est bloqué. Autorisez-le dans la barre d'adresse, puis rappelez."),
    );
  }
}

function gathered(peer) {
  return new Promise((resolve) => {
    if (peer.iceGatheringState === "complete") return resolve();
    const timer = setTimeout(resolve, GATHERING_MS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}

const REFUSALS = {
  404: _("Cette entreprise n'est plus configurée. Rechargez la page."),
  422: _("Votre numéro n'est pas un numéro de téléphone."),
  429: _("Trop d'appels à la fois. Patientez quelques secondes."),
  503: _("Toutes les lignes sont occupées. Rappelez dans un instant."),
  507: _("Le disque du serveur est plein : aucun appel ne peut être pris."),
};

async function offer({ sdp, type }, client, callerNumber) {
  let response;
  try {
    response = await fetch("/api/offer", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sdp, type, client, caller_number: callerNumber || null }),
    });
  } catch {
    throw new Error(_("Le serveur ne répond pas."));
  }
  if (response.ok) return response.json();
  throw new Error(REFUSALS[response.status] ?? _("L'appel n'a pas pu être établi."));
}
