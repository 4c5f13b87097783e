/** One contact on the desk: who it is, what is said, what can be done. */
import { request } from "../web/api.js";
import { Conversation } from "../web/conversation.js";
import { byId, make, reconcile, say, setText, setWords } from "../web/dom.js";
import { Outbox } from "../web/outbox.js";
import { clock, day, timeOfDay } from "../web/time.js";
import { Composer } from "./composer.js";
import { runClock } from "./ticker.js";
import { WrapUp } from "./wrap-up.js";

export class Panel {
  #readNumber = 0;
  #customerNumbers = []; // Numbers of the customer's messages, ascending.
  #askedUpTo = 0;

  constructor(contact, { store, act, dialogs, replies, template }) {
    this.id = contact.id;
    this.store = store;
    this.act = act;
    this.dialogs = dialogs;
    this.address = `/api/v1/chats/${contact.id}`;
    this.element = template.cloneNode(true);
    this.element.dataset.key = contact.id;
    const find = (selector) => this.element.querySelector(selector);
    this.find = find;
    this.conversation = new Conversation(find(".log"), {
      me: "adviser", links: ["adviser", "system"], more: find(".more"),
      onRetry: (item) => this.outbox.retry(item.clientId),
      onRemove: (item) => {
        this.outbox.remove(item.clientId);
        this.conversation.removePending(item.clientId);
        this.composer.insert(item.text);
      },
    });
    this.outbox = new Outbox(contact.id, {
      onSent: (message) => this.hear(message),
      onChange: (item) => this.conversation.addPending(item),
    });
    for (const item of this.outbox.items) this.conversation.addPending(item);
    this.outbox.wake();
    this.composer = new Composer(find(".composer"), contact.id, {
      onSend: (text) => this.conversation.addPending(this.outbox.add(text)),
      onType: () => request("POST", `${this.address}/typing`, {}).catch(() => {}),
      onReplies: () => replies.open(this.contact, (text) => this.composer.insert(text)),
    });
    this.wrapUp = new WrapUp(find(".wrap-up"), contact.id, store.desk.wrapUpCodes, (form) => act("POST", `contacts/${contact.id}/wrap-up`, form), {
      onMore: () => act("POST", `contacts/${contact.id}/wrap-up/time`, {}),
      onSay: (words) => say(byId("desk-says"), `${this.contact.customerName}: ${words}`),
    });
    find('[name="details"]').addEventListener("click", () => this.toggleDetails());
    find('[name="transfer"]').addEventListener("click", () => dialogs.transfer(this.contact));
    find('[name="help"]').addEventListener("click", () => this.#askForHelp());
    find('[name="end"]').addEventListener("click", () => this.end());
    this.show(contact);
  }

  /** Takes what the server says of this contact. */
  show(contact) {
    const wasActive = this.contact?.state === "active";
    this.contact = contact;
    const { find } = this;
    const isActive = contact.state === "active";
    const title = find("h2");
    setText(title, contact.customerName);
    title.id = `title-${this.id}`;
    this.element.setAttribute("aria-labelledby", title.id);
    find(".log").setAttribute("aria-label", `Messages with ${contact.customerName}`);
    setText(find(".composer label"), `Message to ${contact.customerName}`);
    setWords(find(".panel-queue"), contact.queue.name, contact.queue.language);
    setText(find(".panel-reference"), contact.reference ? ` · ${contact.reference}` : "");
    runClock(find(".panel-time"), isActive ? { since: contact.answeredAt ?? contact.arrivedAt } : {});
    setText(find(".typing"), isActive && contact.customerIsTyping ? `${contact.customerName} is writing` : "");
    this.#showAway(contact);
    for (const name of ["transfer", "help", "end"]) find(`[name="${name}"]`).hidden = !isActive;
    const help = find('[name="help"]');
    setText(help, contact.helpAsked ? "Cancel help" : "Ask for help");
    this.#showBeside(contact);
    find(".panel-note").hidden = !contact.note;
    setText(find(".panel-note"), contact.note ? `Note: ${contact.note}` : "");
    find(".composer").hidden = !isActive;
    this.element.classList.toggle("is-wrap-up", !isActive);
    if (isActive) find(".wrap-up").hidden = true;
    else this.wrapUp.show(contact);
    if (wasActive && !isActive) {
      this.closeDetails();
      this.conversation.toEnd();
      if (this.element.contains(document.activeElement) || document.activeElement === document.body) this.wrapUp.focus();
    }
    this.#showDetails(contact);
    this.#fillGaps(contact);
  }

  /** Takes a message; says whether it is news of the customer's. */
  hear(message) {
    if (message.clientId) this.outbox.remove(message.clientId);
    if (!this.conversation.add({ ...message, text: toHer(message) })) return false;
    if (message.author !== "customer") return false;
    this.#customerNumbers.push(message.number);
    return message.number > this.readNumber;
  }

  get readNumber() {
    return Math.max(this.#readNumber, this.contact.readNumber ?? 0);
  }

  /** How many of the customer's messages she has not looked at. */
  get unread() {
    if (this.contact.state !== "active") return 0;
    const read = this.readNumber;
    let count = 0;
    for (let i = this.#customerNumbers.length - 1; i >= 0 && this.#customerNumbers[i] > read; i -= 1) count += 1;
    return count;
  }

  /** She looks at it: tells the server how far. */
  read() {
    const number = this.conversation.lastNumber;
    if (number <= this.readNumber || !this.conversation.isAtEnd) return false;
    this.#readNumber = number;
    clearTimeout(this.reading);
    this.reading = setTimeout(() => request("POST", `${this.address}/reading`, { number }).catch(() => {}), 500);
    return true;
  }

  async end() {
    if (await this.dialogs.confirmEnd(this.contact)) this.#try(() => this.act("POST", `chats/${this.id}/ending`, {}));
  }

  toggleDetails() {
    const isOpen = this.element.classList.toggle("shows-details");
    this.find('[name="details"]').setAttribute("aria-expanded", String(isOpen));
  }

  /** Says whether there was something to close. */
  closeDetails() {
    if (!this.element.classList.contains("shows-details")) return false;
    this.toggleDetails();
    if (this.find(".panel-details").contains(document.activeElement)) this.find('[name="details"]').focus();
    return true;
  }

  focus() {
    if (this.contact.state === "active") this.composer.focus();
    else this.wrapUp.focus();
  }

  say(sentence) {
    this.find(".panel-problem").hidden = !sentence;
    setText(this.find(".panel-problem"), sentence ?? "");
  }

  close() {
    this.outbox.close();
    this.wrapUp.close();
    this.element.remove();
  }

  /** A customer whose page is closed, or has lost its line: said once, and shown until there is a sign. */
  #showAway({ customerName, customerAway, state }) {
    const line = this.find(".panel-away");
    const words = customerAway ? `Not seen since ${timeOfDay(customerAway.since)}. Without a sign, this chat ends at ${timeOfDay(customerAway.until)}.` : "";
    const isNews = this.openedAt && state === "active" && line.hidden === Boolean(customerAway);
    if (isNews) say(byId("desk-says"), customerAway ? `${customerName}: ${words}` : `${customerName} is there again.`);
    line.hidden = !customerAway;
    setText(line, words);
  }

  #askForHelp() {
    this.#try(() => this.act(this.contact.helpAsked ? "DELETE" : "POST", `contacts/${this.id}/help`, this.contact.helpAsked ? undefined : {}));
  }

  /** Who has joined to help, and what they wrote for her eyes alone. */
  #showBeside({ helpers, notes }) {
    this.find(".panel-beside").hidden = helpers.length + notes.length === 0;
    setText(this.find(".panel-helpers"), helpers.length ? `${helpers.join(", ")} can read along.` : "");
    const list = this.find(".panel-notes");
    const known = list.children.length;
    reconcile(list, notes, (note) => note.number, (note) => make("li", {},
      make("strong", { text: note.name }), " ", make("time", { class: "number", datetime: note.at, text: timeOfDay(note.at) }), ` ${note.text}`));
    const news = notes.slice(known);
    if (this.openedAt && news.length) {
      setText(byId("desk-says"), `Note from ${news.at(-1).name}: ${news.at(-1).text}`);
      list.scrollTop = list.scrollHeight;
    }
  }

  async #try(work) {
    this.say(null);
    try {
      await work();
    } catch (error) {
      this.say(error.detail);
    }
  }

  #showDetails(contact) {
    const facts = [
      ["Name", contact.customerName], ["Reference", contact.reference], ["Queue", contact.queue.name, contact.queue.language],
      ["Arrived", timeOfDay(contact.arrivedAt)],
      ["Waited", contact.answeredAt ? clock((Date.parse(contact.answeredAt) - Date.parse(contact.arrivedAt)) / 1000) : null], ["Number", contact.id],
    ].filter(([, value]) => value !== undefined && value !== null && value !== "");
    const said = JSON.stringify([facts, contact.earlier]);
    if (said === this.said) return;
    this.said = said;
    this.find(".facts").replaceChildren(...facts.map(([name, value, lang]) => make("div", {}, make("dt", { text: name }), make("dd", { text: value, lang }))));
    const earlier = contact.earlier ?? [];
    this.find(".earlier").replaceChildren(...(earlier.length ? earlier : [null]).map((one) => one === null
      ? make("li", { class: "muted", text: "None known." })
      : make("li", {}, make("a", { href: `/contacts/${one.id}`, target: "_blank", text: day(one.at) }),
        " ", make("span", { text: one.queue, lang: one.language }),
        ["", one.outcome, one.wrapUp ?? one.wrapUpCode].filter((part) => part ?? false).join(", "))));
  }

  /** The stream should bring everything; should anything be missing a moment later, it is fetched. */
  #fillGaps(contact) {
    clearTimeout(this.gaps);
    if (contact.lastNumber <= this.#askedUpTo) return;
    this.gaps = setTimeout(async () => {
      if (this.conversation.count >= contact.lastNumber) return;
      this.#askedUpTo = contact.lastNumber;
      const { messages } = await request("GET", `${this.address}/messages?after=0`).catch(() => {
        this.#askedUpTo = 0;
        return { messages: [] };
      });
      for (const message of messages) this.hear(message);
    }, 1_500);
  }
}

/** What the chat says of its adviser, as she reads it herself. */
function toHer({ author, text }) {
  return author === "system" ? toAdviser[text] ?? text : text;
}

const toAdviser = {
  "The adviser has ended the chat.": "You have ended the chat.",
  "Your adviser cannot go on. You keep your place, and the next adviser can read what was said.": "The adviser before could not go on; the customer was told so.",
};
