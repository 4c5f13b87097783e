/** The list of her chats: who, how long, what is unread. */
import { byId, make, reconcile, setText, setWords } from "../web/dom.js";
import { runClock } from "./ticker.js";

export class ChatList {
  constructor(store, panels) {
    this.store = store;
    this.panels = panels;
    this.list = byId("chats");
    store.on("desk selected", () => this.show());
    panels.onRead = () => this.show();
  }

  show() {
    const { desk, selected } = this.store;
    if (!desk) return;
    const most = desk.capacity?.chat;
    const active = desk.contacts.filter((contact) => contact.state === "active").length;
    setText(byId("chats-count"), most ? `${active} of ${most}` : String(active));
    reconcile(this.list, desk.contacts, (contact) => contact.id, (contact) => this.#create(contact), (element, contact) => {
      const index = desk.contacts.indexOf(contact) + 1;
      const unread = this.panels.unread(contact.id);
      const button = element.firstElementChild;
      const part = (name) => button.querySelector(`.chat-${name}`);
      button.setAttribute("aria-current", String(contact.id === selected));
      setText(part("key"), index <= 9 ? String(index) : "");
      setText(part("name"), contact.customerName);
      setWords(part("queue"), contact.queue.name, contact.queue.language);
      part("unread").hidden = unread === 0;
      setText(part("unread").firstElementChild, String(unread));
      const isWrapUp = contact.state === "wrapUp";
      element.classList.toggle("is-wrap-up", isWrapUp);
      element.classList.toggle("has-unread", unread > 0);
      setText(part("state"), isWrapUp ? "Wrap-up" : contact.customerIsTyping ? "writing…" : contact.customerAway ? "away" : contact.helpers.length ? "with help" : contact.helpAsked ? "help asked" : "");
      runClock(part("clock"), isWrapUp && contact.wrapUpUntil ? { until: contact.wrapUpUntil } : { since: contact.answeredAt ?? contact.arrivedAt });
    });
  }

  #create(contact) {
    const button = make("button", { type: "button", class: "chat-item", onclick: () => this.panels.go(contact.id) },
      make("span", { class: "chat-key number", "aria-hidden": "true" }),
      make("span", { class: "chat-name" }),
      make("span", { class: "chat-unread", hidden: true }, make("span"), make("span", { class: "unseen", text: " unread" })),
      make("span", { class: "chat-queue" }),
      make("span", { class: "chat-state" }),
      make("span", { class: "chat-clock number" }));
    return make("li", {}, button);
  }
}
