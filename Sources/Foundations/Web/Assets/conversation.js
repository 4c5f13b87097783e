/** One chat's messages on the screen: each once, in order, whatever order and how often they come in. */
import { make, setText } from "./dom.js";
import { timeOfDay } from "./time.js";

const nearEnd = 80; // Pixels from the end within which new messages pull the view along.
const few = 8; // Pixels of the newest message that may be out of the window when it counts as seen.
const together = 3 * 60_000; // Messages of one author within this time share a heading.

export class Conversation {
  #messages = new Map(); // number → element
  #pending = new Map(); // client id → element
  #isAtEnd = true;
  #top = 0; // Where the view last was, to tell her scrolling from content that grows.
  lastNumber = 0;

  /**
   * `log` scrolls and is announced, `list` inside it holds the messages. `me` is "customer" or "adviser";
   * `links` says whose addresses may be followed; `onRetry` and `onRemove` hear what is to be done with a refused item.
   */
  constructor(log, { me, links = [], more = null, onRetry, onRemove }) {
    this.log = log;
    this.list = log.querySelector("ol");
    this.me = me;
    this.links = links;
    this.more = more;
    this.onRetry = onRetry;
    this.onRemove = onRemove;
    for (const element of this.list.querySelectorAll("[data-number]")) {
      const number = Number(element.dataset.number);
      this.#messages.set(number, element);
      this.lastNumber = Math.max(this.lastNumber, number);
    }
    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const sizes = new ResizeObserver(() => this.#isAtEnd && this.toEnd());
    sizes.observe(log);
    sizes.observe(this.list);
    more?.addEventListener("click", () => this.toEnd());
    this.toEnd();
  }

  /** How many messages are shown. */
  get count() {
    return this.#messages.size;
  }

  /** Whether the newest message is in view. */
  get isAtEnd() {
    return this.#isAtEnd && this.#isLastWithin(few);
  }

  /** In a low window the page scrolls instead of the log. */
  get #scrolls() {
    return this.log.scrollHeight > this.log.clientHeight + 1;
  }

  /** Whether the newest message ends in the window, or so many pixels below. */
  #isLastWithin(pixels) {
    const last = this.list.lastElementChild?.getBoundingClientRect();
    return !last || last.bottom <= innerHeight + pixels;
  }

  /** Whether a screen reader should be told of what comes in. */
  announce(isOn) {
    this.log.setAttribute("aria-live", isOn ? "polite" : "off");
  }

  /** Shows a message the server has; again and late is fine. Says whether it was new. */
  add(message) {
    if (this.#messages.has(message.number)) return false;
    const wasInSight = this.#isLastWithin(nearEnd);
    let element = message.clientId ? this.#pending.get(message.clientId) : null;
    if (element) {
      this.#pending.delete(message.clientId);
      element.classList.remove("is-pending", "is-refused");
      element.querySelector(".message-state")?.remove();
      // What is put in anew is read aloud anew: only what differs is touched.
      const time = element.querySelector("time");
      time.dateTime = message.at;
      setText(time, timeOfDay(message.at));
    } else {
      element = this.#element(message, message.author === this.me);
    }
    element.dataset.number = message.number;
    element.dataset.author = message.author;
    element.dataset.at = Date.parse(message.at);
    this.#messages.set(message.number, element);
    this.#place(element, message.number);
    this.lastNumber = Math.max(this.lastNumber, message.number);
    this.#keepEnd(message.author === this.me);
    if (wasInSight && !this.#scrolls && !this.#isLastWithin(few)) this.list.lastElementChild.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Shows an item of the outbox, or its new state. */
  addPending(item, name) {
    let element = this.#pending.get(item.clientId);
    if (!element) {
      element = this.#element({ author: this.me, name, text: item.text, at: item.at }, true);
      element.classList.add("is-pending");
      element.dataset.author = this.me;
      element.dataset.at = Date.parse(item.at);
      element.append(make("p", { class: "message-state" }));
      this.#pending.set(item.clientId, element);
      this.list.append(element);
      this.#join(element);
      this.#keepEnd(true);
    }
    this.#say(element, item);
  }

  /** Takes away an item its writer gave up. */
  removePending(clientId) {
    this.#pending.get(clientId)?.remove();
    this.#pending.delete(clientId);
  }

  /** Brings the newest message into view. */
  toEnd() {
    this.#isAtEnd = true;
    this.more?.setAttribute("hidden", "");
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** At the end the observer of sizes pulls the view along, once per frame however many came in. */
  #keepEnd(isMine) {
    if (isMine && !this.#isAtEnd) this.toEnd();
    else if (!this.#isAtEnd) this.more?.removeAttribute("hidden");
  }

  #scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.log;
    if (clientHeight === 0) return;
    const isNear = scrollHeight - scrollTop - clientHeight < nearEnd;
    if (isNear) this.#isAtEnd = true;
    else if (scrollTop < this.#top) this.#isAtEnd = false;
    this.#top = scrollTop;
    if (this.#isAtEnd) this.more?.setAttribute("hidden", "");
  }

  /** Puts a message in its place. Almost always the end: looks backwards from there, past what is still pending. */
  #place(element, number) {
    let before = element.parentElement === this.list ? element.previousElementSibling : this.list.lastElementChild;
    while (before && (before.classList.contains("is-pending") || Number(before.dataset.number) > number)) {
      before = before.previousElementSibling;
    }
    const isThere = before ? before.nextElementSibling === element : this.list.firstElementChild === element;
    if (!isThere) this.list.insertBefore(element, before ? before.nextElementSibling : this.list.firstElementChild);
    this.#join(element);
    if (element.nextElementSibling) this.#join(element.nextElementSibling);
  }

  /** Hides the heading of a message that follows another of the same author closely. */
  #join(element) {
    const before = element.previousElementSibling;
    const isContinued =
      before?.dataset.author === element.dataset.author &&
      element.dataset.author !== "system" &&
      Number(element.dataset.at) - Number(before.dataset.at) < together;
    element.classList.toggle("is-continued", Boolean(isContinued));
  }

  #element({ author, name, text, at }, isMine) {
    const words = make("p", { class: "message-text", dir: "auto" });
    words.append(...(this.links.includes(author) ? withLinks(text) : [text]));
    const heading = make("p", { class: "message-meta" },
      make("span", { class: "message-author", dir: "auto", text: isMine ? "You" : name || "Notice" }), " ", this.#time(at));
    return make("li", { class: `message by-${author}${isMine ? " is-mine" : ""}` }, heading, words);
  }

  #time(at) {
    return make("time", { datetime: at, text: timeOfDay(at) });
  }

  #say(element, item) {
    const line = element.querySelector(".message-state");
    element.classList.toggle("is-refused", item.state === "refused");
    // That it is on its way is for the eye; a screen reader has just read the message itself.
    if (["refused", "waiting"].includes(item.state)) line.removeAttribute("aria-hidden");
    else line.setAttribute("aria-hidden", "true");
    if (item.state !== "refused") return setText(line, item.state === "waiting" ? "Not sent yet; trying again…" : "Sending…");
    line.replaceChildren(
      `Not sent. ${item.sentence ?? ""} `,
      make("button", { type: "button", class: "link", text: "Try again", onclick: () => this.onRetry?.(item) }), " ",
      make("button", { type: "button", class: "link", text: "Take back", onclick: () => this.onRemove?.(item) }),
    );
  }
}

/** Splits a text into words and links; only whole web addresses become links. */
function withLinks(text) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/).map((part, index) =>
    index % 2 === 0 ? part : make("a", { href: part, target: "_blank", rel: "noopener noreferrer", text: part }));
}
