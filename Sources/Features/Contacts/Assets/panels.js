/** The conversations side by side: as many as there is room for, the chosen one always among them. */
import { byId, say, setText } from "../web/dom.js";
import { Panel } from "./panel.js";
import { Replies } from "./replies.js";

const narrowest = 320; // Pixels a conversation needs.
const most = 3;

const nothing = {
  available: ["No chats now", "You are available. The next one comes by itself."],
  break: ["You are on a break", "Nothing comes to you until you choose Available."],
  training: ["You are in training", "Nothing comes to you until you choose Available."],
  offline: ["You are offline", "Choose Available to start."],
};

export class Panels {
  #panels = new Map();
  #early = new Map(); // Messages of contacts the desk has not told of yet.
  #room = 1;
  #startedAt = Date.now();
  #passedOn = null;
  onRead = () => {};

  constructor(store, act, dialogs, alerts) {
    this.parts = { store, act, dialogs, replies: new Replies(store), template: byId("panel-template").content.firstElementChild };
    this.store = store;
    this.alerts = alerts;
    this.frame = byId("panels");
    dialogs.onPassedOn = (contact) => this.#goOn(contact);
    store.on("desk", () => this.show());
    store.on("selected", () => this.arrange());
    new ResizeObserver(([entry]) => {
      const room = Math.max(1, Math.min(most, Math.floor(entry.contentRect.width / narrowest)));
      if (room === this.#room) return;
      this.#room = room;
      this.arrange();
    }).observe(this.frame);
    for (const name of ["focusin", "pointerdown"]) {
      this.frame.addEventListener(name, (event) => {
        const key = event.target.closest?.(".panel")?.dataset.key;
        const contact = store.desk?.contacts.find((contact) => String(contact.id) === key);
        if (contact) store.select(contact.id);
      });
    }
    document.addEventListener("visibilitychange", () => this.read());
    window.addEventListener("focus", () => this.read());
    this.frame.addEventListener("scroll", () => this.read(), { capture: true, passive: true });
  }

  /** Follows the desk: panels come and go with its contacts. */
  show() {
    const { desk } = this.store;
    const left = new Set(this.#panels.keys());
    for (const contact of desk.contacts) {
      left.delete(contact.id);
      const panel = this.#panels.get(contact.id);
      const wasActive = panel?.contact.state === "active";
      if (panel) panel.show(contact);
      else this.#open(contact);
      if (wasActive && contact.state !== "active" && contact.id !== this.store.selected) this.alerts.ended(contact.customerName);
    }
    const at = document.activeElement;
    const isCursorLost = [...left].some((id) => this.#panels.get(id).element.contains(at));
    const isDone = [...left].every((id) => this.#panels.get(id).wrapUp.isDone);
    for (const id of left) {
      const panel = this.#panels.get(id);
      this.#tellUnsent(panel);
      panel.close();
      this.#panels.delete(id);
    }
    const [title, words] = nothing[desk.status] ?? ["No chats now", ""];
    setText(byId("none-title"), title);
    setText(byId("none-words"), words);
    this.arrange();
    if (this.#passedOn && left.has(this.#passedOn.id)) this.#goOn(this.#passedOn);
    else if (isCursorLost) this.#catch(isDone);
  }

  /** A chat is passed on: when it has left the desk, the cursor goes to the next, or to the words that there is none. */
  #goOn(contact) {
    this.#passedOn = this.#panels.has(contact.id) ? contact : null;
    if (this.#passedOn) return;
    const next = this.#panels.get(this.store.selected);
    (next?.find("h2") ?? byId("none-title")).focus();
    say(byId("desk-says"), `${contact.customerName} is passed on. ${next ? `Now at ${next.contact.customerName}` : "No more chats"}`);
  }

  /** A chat is gone with words in it that nobody got: they stay on the screen until she closes them. */
  #tellUnsent({ contact, outbox, wrapUp, find }) {
    const words = [...outbox.items.map((item) => item.text), contact.state === "active" ? find(".composer textarea").value.trim() : ""];
    const all = words.filter(Boolean).map((text) => `“${text}”`).join(" ");
    if (all && !this.#passedOn) this.parts.dialogs.keep(`Not sent to ${contact.customerName}, who is not at your desk any more: ${all}`);
    if (contact.state === "wrapUp" && wrapUp.lostNote) this.parts.dialogs.keep(`Your note on ${contact.customerName} is not kept, because no outcome was chosen: “${wrapUp.lostNote}”`);
  }

  /** A message from the stream. */
  hear(message) {
    const panel = this.#panels.get(message.contact);
    if (!panel) {
      this.#early.set(message.contact, [...(this.#early.get(message.contact) ?? []), message]);
      return;
    }
    const isNews = panel.hear(message);
    const isLookedAt = message.contact === this.store.selected && !document.hidden && document.hasFocus();
    // What an opening desk or chat is told is not news; nor is what stands before her eyes.
    const isSettled = Date.now() - this.#startedAt > 3_000 && Date.now() - panel.openedAt > 2_000;
    if (isNews && !isLookedAt && isSettled) this.alerts.message(panel.contact.customerName);
    // An opening desk hears hundreds of messages in one go: they are counted once.
    this.reading ??= setTimeout(() => {
      this.reading = null;
      this.read();
    }, 30);
  }

  /** Shows as many as fit, in the order of the list. */
  arrange() {
    const ids = this.store.desk?.contacts.map((contact) => contact.id) ?? [];
    const { selected } = this.store;
    const shown = ids.slice(0, this.#room);
    if (selected !== null && ids.includes(selected) && !shown.includes(selected)) shown[shown.length - 1] = selected;
    byId("panels-none").hidden = ids.length > 0 || this.store.desk?.offers.length > 0;
    this.frame.dataset.count = shown.length;
    let before = null;
    for (const id of ids) {
      const panel = this.#panels.get(id);
      const isShown = shown.includes(id);
      if (panel.element.hidden && isShown) panel.conversation.toEnd();
      panel.element.hidden = !isShown;
      panel.element.classList.toggle("is-selected", id === selected);
      panel.conversation.announce(id === selected && isShown && Date.now() - panel.openedAt > 2_000);
      const next = before ? before.nextElementSibling : byId("panels-none").nextElementSibling;
      if (next !== panel.element) (before ?? byId("panels-none")).after(panel.element);
      before = panel.element;
    }
    this.read();
  }

  /** Marks what she sees as read: the chosen panel, if this window has her attention. */
  read() {
    const panel = this.#panels.get(this.store.selected);
    if (panel && !document.hidden && document.hasFocus()) panel.read();
    this.#count();
  }

  unread(id) {
    return this.#panels.get(id)?.unread ?? 0;
  }

  /** Chooses a contact and puts the cursor there. */
  go(id) {
    const panel = this.#panels.get(id);
    if (!panel) return;
    this.store.select(id);
    panel.focus();
  }

  /** A chat has just been accepted: the cursor goes there, unless something is half written elsewhere. */
  welcome(id) {
    const at = document.activeElement;
    const isBusy = at?.matches?.("textarea, input:not([type=checkbox], [type=radio])") && at.value !== "";
    if (!isBusy && !matchMedia("(pointer: coarse)").matches) this.go(id);
  }

  goToUnread() {
    const ids = this.store.desk.contacts.map((contact) => contact.id);
    const at = ids.indexOf(this.store.selected);
    const next = [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find((id) => this.unread(id) > 0);
    if (next !== undefined) this.go(next);
  }

  toggleDetails() {
    this.#panels.get(this.store.selected)?.toggleDetails();
  }

  /** Closes the details of the chosen chat, if they are open; says whether it did. */
  closeDetails() {
    return this.#panels.get(this.store.selected)?.closeDetails() ?? false;
  }

  /** The line is back: what waits is sent now. */
  wake() {
    for (const panel of this.#panels.values()) panel.outbox.wake();
  }

  /** The panel with the cursor is gone: the next one gets it, or the words that there is none. A screen reader is told, as it may miss that. */
  #catch(isDone) {
    const next = this.#panels.get(this.store.selected);
    // Who did not end it herself may be in the middle of a word, which must not go to the next customer.
    if (next && isDone) this.go(next.id);
    else if (next) next.find("h2").focus();
    else byId("none-title").focus();
    this.alerts.finished(next?.contact.customerName);
  }

  #open(contact) {
    const panel = new Panel(contact, this.parts);
    panel.openedAt = Date.now();
    this.#panels.set(contact.id, panel);
    for (const message of this.#early.get(contact.id) ?? []) panel.hear(message);
    this.#early.delete(contact.id);
    setTimeout(() => this.arrange(), 2_100);
  }

  #count() {
    let sum = 0;
    for (const panel of this.#panels.values()) {
      const { unread } = panel;
      sum += unread;
      const isNews = unread > 0 && panel.id !== this.store.selected;
      panel.element.classList.toggle("has-unread", isNews);
      panel.find(".panel-unread").hidden = !isNews;
      setText(panel.find(".panel-unread"), isNews ? `${unread} new` : "");
    }
    if (sum === this.sum) return;
    this.sum = sum;
    this.alerts.unreadLeft(sum);
    this.onRead();
  }
}
