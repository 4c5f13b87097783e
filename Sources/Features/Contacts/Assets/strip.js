/** The strip above: status, place, and the word that nothing new comes until she is back. */
import { byId, setText } from "../web/dom.js";
import { runClock } from "./ticker.js";

const words = {
  available: "Available", break: "On a break", training: "In training", offline: "Offline",
  missed: "Paused: an offer ran out", line_lost: "Paused: your line was lost", leaving: "Finishing: no adviser any more",
};
const alerts = {
  missed: "You missed an offer, so no new ones come to you. The customer waits again.",
  line_lost: "Your line was lost for a while, so no new offers come to you. Customers you were talking to wait for somebody again; what is still in your list is yours.",
  leaving: "An administrator has ended your role as an adviser. Please finish or transfer the chats you have; no new ones come to you.",
};

export class Strip {
  #said = null;

  constructor(store, act, dialogs) {
    this.store = store;
    this.act = act;
    this.dialogs = dialogs;
    this.buttons = [...document.querySelectorAll(".switch button")];
    for (const button of this.buttons) button.addEventListener("click", () => this.#choose(button.value));
    byId("place").addEventListener("change", (event) => this.#put({ status: this.#present(), reason: store.desk.reason, place: event.target.value }));
    byId("desk-back").addEventListener("click", () => this.#put({ status: "available" }));
    store.on("desk", () => this.show());
    store.on("line", () => this.show());
  }

  show() {
    const { desk, line } = this.store;
    if (!desk) return;
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.value === desk.status));
      button.disabled = line === "refused" || desk.status === "leaving";
    }
    setText(byId("status-words"), this.#words());
    // What a screen reader finds there is never older than what the page shows.
    if (this.#said && this.#said !== desk.status) this.#say();
    this.#said = desk.status;
    byId("desk").dataset.status = desk.status;
    runClock(byId("status-clock"), { since: desk.since });
    if (document.activeElement !== byId("place")) byId("place").value = desk.place;
    const alert = alerts[desk.status];
    byId("desk-alert").hidden = !alert;
    setText(byId("desk-alert-words"), alert ?? "");
    byId("desk-back").hidden = desk.status === "leaving";
  }

  #words() {
    const { status, reason, contacts, capacity } = this.store.desk;
    const isFull = status === "available" && contacts.length >= (capacity?.chat ?? Infinity);
    return words[status] + (reason ? ` (${reason})` : "") + (isFull ? ", full" : "");
  }

  #say() {
    setText(byId("desk-says"), `Status: ${this.#words()}`);
  }

  /** The status to keep when only the place changes. */
  #present() {
    const { status } = this.store.desk;
    return ["available", "break", "training", "offline"].includes(status) ? status : "available";
  }

  async #choose(status) {
    const { contacts } = this.store.desk;
    // With a conversation open the server says no, and why.
    const isWrapUp = contacts.length > 0 && contacts.every((contact) => contact.state === "wrapUp");
    if (status === "offline" && isWrapUp && !(await this.dialogs.confirmLeaving(contacts, true))) return;
    if (status !== "break") return this.#put({ status });
    const reason = await this.dialogs.choose("break", this.store.desk.breakReasons);
    if (reason) this.#put({ status, reason });
  }

  async #put(change) {
    try {
      await this.act("PUT", "desk/status", { place: this.store.desk.place, ...change });
      this.#say();
    } catch (error) {
      this.show();
      byId("place").value = this.store.desk.place;
      this.dialogs.tell(`Your status has not changed. ${error.detail}`);
    }
  }
}
