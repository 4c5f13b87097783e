/** Ready replies for one chat: those of its queue and those for all, by words of their title or text, placeholders filled. */
import { byId, make, setText } from "../web/dom.js";
import { Options } from "./options.js";

export class Replies {
  #onChosen = null;

  constructor(store) {
    this.store = store;
    this.dialog = byId("replies-dialog");
    this.field = byId("replies-search");
    this.options = new Options(this.field, byId("replies-found"), {
      opensWith: 0,
      show: (reply) => {
        const lang = reply.queue ? this.contact.queue?.language : null;
        return [make("strong", { text: reply.title, lang }), make("span", { text: this.#fill(reply.text), lang })];
      },
      onChoose: (reply) => {
        const text = this.#fill(reply.text);
        this.dialog.close();
        this.#onChosen?.(text);
      },
    });
    this.field.addEventListener("input", () => this.#find());
    this.dialog.querySelector('[value="close"]').addEventListener("click", () => this.dialog.close());
  }

  /** Lets her choose; `onChosen` hears the filled text. */
  open(contact, onChosen) {
    this.contact = contact;
    this.#onChosen = onChosen;
    this.field.value = "";
    this.#find();
    this.dialog.showModal();
    this.field.focus();
  }

  #find() {
    const words = this.field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.store.desk.readyReplies.filter((reply) => {
      if (reply.queue && reply.queue !== this.contact.queue?.id) return false;
      const all = `${reply.title} ${reply.text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    });
    this.options.set(found.slice(0, 50));
    setText(byId("replies-count"), found.length ? `${found.length} found` : "None has these words.");
  }

  /** Fills in what is known; what is not stays as it is, so that she sees it. */
  #fill(text) {
    const values = {
      customer: this.contact.customerName, adviser: this.store.desk.adviser.name,
      queue: this.contact.queue?.name, reference: this.contact.reference,
    };
    return text.replace(/\{(customer|adviser|queue|reference)\}/g, (all, name) => values[name] || all);
  }
}
