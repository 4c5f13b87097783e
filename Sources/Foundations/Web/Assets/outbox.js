/**
 * Messages written but not yet acknowledged, in order. They survive a refresh and are tried until the server
 * has them; the client id makes a second arrival harmless.
 */
import { request } from "./api.js";
import { keep, kept } from "./keeping.js";

const firstWait = 1_000;
const longestWait = 10_000;

/** A name for one message that nothing else has, also on pages without https. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The outbox of one chat. `onSent(message)` hears what the server has acknowledged, `onChange(item)` a changed
 * state of one item: "sending", "waiting" (will be tried again) or "refused" with a `sentence`.
 */
export class Outbox {
  #key;
  #items;
  #token;
  #address;
  #isSending = false;
  #timer = null;
  #failures = 0;
  #wake = () => this.wake();

  constructor(chat, { token, onSent, onChange }) {
    this.#key = `outbox-${chat}`;
    this.#address = `/api/v1/chats/${chat}/messages`;
    this.#token = token;
    this.onSent = onSent;
    this.onChange = onChange;
    this.#items = (kept(this.#key) ?? []).map((item) => (item.state === "refused" ? item : { ...item, state: "sending" }));
    window.addEventListener("online", this.#wake);
  }

  /** What is not yet acknowledged, oldest first. */
  get items() {
    return this.#items;
  }

  /** Takes a message and starts sending. */
  add(text) {
    const item = { clientId: newId(), text, at: new Date().toISOString(), state: "sending" };
    this.#items.push(item);
    this.#save();
    this.#pump();
    return item;
  }

  /** Forgets a message: it was acknowledged elsewhere, or its writer gave it up. */
  remove(clientId) {
    const before = this.#items.length;
    this.#items = this.#items.filter((item) => item.clientId !== clientId);
    if (this.#items.length !== before) this.#save();
  }

  /** Tries a refused message once more. */
  retry(clientId) {
    const item = this.#items.find((item) => item.clientId === clientId);
    if (!item) return;
    this.#mark(item, "sending");
    this.wake();
  }

  /** Tries now rather than at the next turn. */
  wake() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#pump();
  }

  close() {
    clearTimeout(this.#timer);
    window.removeEventListener("online", this.#wake);
  }

  /** One at a time, so that what was written first also arrives first. */
  async #pump() {
    if (this.#isSending || this.#timer) return;
    this.#isSending = true;
    for (;;) {
      const item = this.#items.find((item) => item.state !== "refused");
      if (!item) break;
      try {
        const { text, clientId } = item;
        const message = await request("POST", this.#address, { text, clientId }, { token: this.#token });
        this.#failures = 0;
        this.remove(clientId);
        this.onSent(message);
      } catch (error) {
        // The stream may have brought the message back already, though its answer was lost.
        if (!this.#items.includes(item)) continue;
        if (error.isPassing) {
          this.#mark(item, "waiting");
          this.#failures += 1;
          const most = Math.min(longestWait, firstWait * 2 ** Math.min(this.#failures, 6));
          const wait = error.retryAfter ?? most * (0.5 + 0.5 * Math.random());
          this.#timer = setTimeout(() => this.wake(), wait);
          break;
        }
        this.#mark(item, "refused", error.detail);
      }
    }
    this.#isSending = false;
  }

  #mark(item, state, sentence) {
    item.state = state;
    item.sentence = sentence;
    this.#save();
    this.onChange(item);
  }

  #save() {
    keep(this.#key, this.#items.length ? this.#items : null);
  }
}
