/** Tells an adviser who looks elsewhere: a quiet sound, the tab's title, a notice if she wants it. */
import { byId, say, setText } from "../web/dom.js";
import { likes } from "./store.js";

const entering = 150; // What comes in together with its live region is not read aloud.

/** Says a sentence that must not be missed; where a dialog is open, inside it, because all else is hidden from a screen reader. */
export function call(sentence) {
  const line = byId("desk-calls");
  const place = document.querySelector("dialog[open]") ?? byId("desk").parentElement;
  if (line.parentElement === place) return say(line, sentence);
  setText(line, "");
  place.append(line);
  setTimeout(() => say(line, sentence), entering);
}

export class Alerts {
  #title = document.title;
  #offers = 0;
  #unread = 0;
  #sound = null;
  #notices = new Map();
  #isLeader = !navigator.locks;

  constructor(store) {
    this.store = store;
    // Of several tabs only one sounds: whoever holds the lock, which a closed tab gives up.
    navigator.locks?.request("desk-sound", () => new Promise(() => (this.#isLeader = true)));
    const allow = () => {
      this.#sound ??= "AudioContext" in window ? new AudioContext() : null;
      this.#sound?.resume();
    };
    document.addEventListener("pointerdown", allow, { once: true });
    document.addEventListener("keydown", allow, { once: true });
  }

  /** New offers: said in one go, sounded, shown. */
  offers(offers, sentence) {
    call(sentence);
    this.#play([523, 659]);
    if (!this.#isLeader || !likes.notify || !document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
    for (const offer of offers) {
      const notice = new Notification("A customer is waiting for you", { body: offer.queue.name, tag: `offer-${offer.id}` });
      notice.onclick = () => {
        window.focus();
        notice.close();
      };
      this.#notices.set(offer.id, notice);
    }
  }

  /** How many offers stand now. */
  offersLeft(count) {
    this.#offers = count;
    if (count === 0) {
      for (const notice of this.#notices.values()) notice.close();
      this.#notices.clear();
      setText(byId("desk-calls"), "");
    }
    this.#showTitle();
  }

  /** A customer wrote in a chat this window is not looking at. */
  message(name) {
    say(byId("desk-says"), `New message from ${name}`);
    this.#play([440]);
  }

  /** A chat this window is not looking at has ended. */
  ended(name) {
    say(byId("desk-says"), `The chat with ${name} has ended`);
  }

  /** A chat has left the desk, and the cursor is in the next, if there is one. */
  finished(next) {
    say(byId("desk-says"), next ? `Finished. Now at ${next}` : "Finished. No more chats");
  }

  /** How many messages are unread in all chats. */
  unreadLeft(count) {
    this.#unread = count;
    this.#showTitle();
  }

  #showTitle() {
    const marks = [this.#offers ? "● Offer" : null, this.#unread ? `(${this.#unread})` : null].filter(Boolean).join(" ");
    const title = marks ? `${marks} – ${this.#title}` : this.#title;
    if (document.title !== title) document.title = title;
  }

  #play(tones) {
    const sound = this.#sound;
    if (!likes.sound || !this.#isLeader || !sound || sound.state !== "running") return;
    tones.forEach((frequency, index) => {
      const start = sound.currentTime + index * 0.18;
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.06, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0005, start + 0.4);
      tone.connect(volume).connect(sound.destination);
      tone.start(start);
      tone.stop(start + 0.45);
    });
  }
}
