// One stream for all tabs of a console: a browser keeps six connections to a server, and each tab
// with a stream of its own would soon leave none to load a page by. The tab that holds the lock has
// the stream and hands it on; when it is closed, or dies, the browser gives the lock to the next.

import { Stream } from "/static/console_stream.js";
import { channel, first } from "/static/console_between.js";

const NAME = "stream";

/** Calls `told` with each message of the stream, and `linked` with how it stands. */
export function follow(told, linked) {
  const others = channel(NAME);
  const all = new Whole();
  let stream = null;
  let link = "up";

  const tell = (message) => {
    all.add(message);
    others.send({ told: message });
    told(message);
  };
  const stand = (how) => {
    link = how;
    others.send({ link });
    linked(link);
  };
  others.on(({ told: message, link: how, asks }) => {
    if (asks && stream) {
      others.send({ link });
      if (all.known) others.send({ told: all.message() });
    }
    if (stream) return; // what another tab told before it left
    if (message) told(message);
    if (how) linked(how);
  });

  first(NAME, () => (stream = new Stream(tell, stand)));
  others.send({ asks: true });
  addEventListener("pagehide", () => stream?.close());
}

/** What the stream has told so far, as one message: for a tab that is opened later. */
class Whole {
  #regions = {};
  #cards = {};
  #order = [];
  known = false;

  add({ whole, regions, cards, order }) {
    if (whole) this.#cards = {};
    this.known ||= Boolean(whole);
    Object.assign(this.#regions, regions);
    Object.assign(this.#cards, cards);
    if (order) this.#order = order;
  }

  message() {
    const cards = Object.fromEntries(this.#order.map((call) => [call, this.#cards[call]]));
    this.#cards = cards; // what is over is forgotten
    return { whole: true, regions: this.#regions, cards, order: this.#order };
  }
}
