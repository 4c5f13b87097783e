/** Tells an adviser who looks elsewhere: a quiet sound, the tab's title, a notice if she wants it. */
import { byId, setText } from "../web/dom.js";
import { likes } from "./store.js";

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

  /** A new offer: said, sounded, shown. */
  offer(offer, sentence) {
    setText(byId("desk-calls"), sentence);
    this.#play([523, 659]);
    if (!this.#isLeader || !likes.notify || !document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
    const notice = new Notification("A customer is waiting for you", { body: offer.queue.name, tag: `offer-${offer.id}` });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    this.#notices.set(offer.id, notice);
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
    setText(byId("desk-says"), `New message from ${name}`);
    this.#play([440]);
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
