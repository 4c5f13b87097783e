/** One customer's chat on the screen: what the stream says, what she writes, the end. */
import { request, identity } from "../web/api.js";
import { Conversation } from "../web/conversation.js";
import { byId, say, setText, setWords } from "../web/dom.js";
import { keep, kept } from "../web/keeping.js";
import { follow } from "../web/live.js";
import { Outbox } from "../web/outbox.js";
import { about } from "../web/time.js";

const typingEvery = 3_000;
const positionEvery = 45_000; // How often, at most, a place in the queue is read aloud.

export class CustomerChat {
  #chat = null;
  #typedAt = 0;
  #saidAt = 0;
  #saidPosition = 0;
  #saidTyping = false;
  #readNumber = 0;
  #unseen = 0;
  #title = document.title;
  #ended = false;

  constructor(root, { id, token, onOver = () => {} }) {
    this.root = root;
    this.id = id;
    this.token = token;
    this.onOver = onOver;
    this.address = `/api/v1/chats/${id}`;
    this.name = root.dataset.name;
    this.#ended = root.dataset.status === "ended";
    this.conversation = new Conversation(byId("chat-log"), {
      me: "customer", links: ["adviser", "system"], more: byId("chat-more"),
      onRetry: (item) => this.outbox.retry(item.clientId),
      onRemove: (item) => this.#takeBack(item),
    });
    this.outbox = new Outbox(id, {
      token,
      onSent: (message) => this.conversation.add(message),
      onChange: (item) => this.conversation.addPending(item, this.name),
    });
    for (const item of this.outbox.items) this.conversation.addPending(item, this.name);
    this.#listen();
    if (this.#ended) return this.#showEnd(false);
    this.outbox.wake();
    this.live = follow(`${this.address}/live`, {
      token,
      lastId: this.conversation.lastNumber || undefined,
      on: { message: (message) => this.#hear(message), chat: (chat) => this.#show(chat) },
      onState: (state, why) => this.#showLine(state, why),
    });
    this.#focusWriting();
  }

  #listen() {
    const text = byId("text");
    const form = byId("chat-form");
    const draft = `draft-${this.id}`;
    text.value = text.value || kept(draft) || "";
    text.addEventListener("input", () => {
      keep(draft, text.value || null);
      this.#type(text.value);
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !matchMedia("(pointer: coarse)").matches) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = text.value.trim();
      if (!words || this.#ended) return;
      text.value = "";
      keep(draft, null);
      this.#typedAt = 0;
      this.conversation.addPending(this.outbox.add(words), this.name);
      text.focus();
    });
    const dialog = byId("chat-ending");
    byId("chat-end").addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      const choice = event.target.closest("button")?.value;
      if (choice === "stay") dialog.close();
      if (choice === "end") this.#end(dialog);
    });
    byId("chat-rating").addEventListener("submit", (event) => this.#rate(event));
    for (const what of [byId("chat-log"), window]) what.addEventListener("scroll", () => this.#read(), { passive: true });
    document.addEventListener("visibilitychange", () => this.#read());
    if (this.token) {
      byId("chat-transcript").addEventListener("click", (event) => this.#save(event));
      byId("chat-again").addEventListener("click", (event) => {
        event.preventDefault();
        this.onOver();
        location.reload();
      });
    }
  }

  /** A message came in: mine from another tab, or news. */
  #hear(message) {
    if (message.clientId) this.outbox.remove(message.clientId);
    if (!this.conversation.add({ ...message, text: toCustomer(message) })) return;
    if (message.author !== "customer") {
      this.#saidTyping = false;
      setText(byId("chat-typing"), "");
      if (document.hidden) document.title = `(${(this.#unseen += 1)}) ${this.#title}`;
    }
    this.#read();
  }

  #show(chat) {
    const before = this.#chat;
    this.#chat = chat;
    this.name = chat.customerName;
    this.root.dataset.status = chat.status;
    setWords(byId("chat-title"), chat.queue.name, chat.queue.language);
    setText(byId("chat-state"), sentence(chat));
    this.#showTyping(chat);
    clearTimeout(this.moving);
    if (!before || before.status !== chat.status || before.adviserIsAway !== chat.adviserIsAway) {
      this.#tell();
    } else if (chat.status === "waiting" && chat.position !== this.#saidPosition) {
      this.moving = setTimeout(() => this.#tell(), Math.max(0, this.#saidAt + positionEvery - Date.now()));
    }
    if (chat.status === "ended") this.#showEnd(Boolean(before));
    // What was said before this page opened is not read aloud again; from here on, news is.
    if (!before) setTimeout(() => this.conversation.announce(true), 1_000);
  }

  /** Reads aloud how the chat stands. Its end is told by the heading that gets the cursor, and by the last message. */
  #tell() {
    this.#saidAt = Date.now();
    this.#saidPosition = this.#chat.position;
    setText(byId("chat-says"), this.#chat.status === "ended" ? "" : sentence(this.#chat));
  }

  /** Shows that an answer is being written; it is read aloud once for each answer, however often she stops to think. */
  #showTyping({ status, adviserIsTyping, adviser }) {
    const line = byId("chat-typing");
    const isTyping = status === "active" && adviserIsTyping;
    if (isTyping && line.textContent === "") {
      line.setAttribute("aria-live", this.#saidTyping ? "off" : "polite");
      this.#saidTyping = true;
    }
    setText(line, isTyping ? `${adviser?.name ?? "The adviser"} is writing` : "");
  }

  #showLine(state, why) {
    const line = byId("chat-line");
    if (state === "open" || state === "closed") {
      if (state === "open" && line.textContent) say(byId("chat-says"), "The line is back.");
      setText(line, "");
      if (state === "open") this.outbox.wake();
      return;
    }
    if (state === "connecting") return;
    line.classList.toggle("is-bad", state === "refused");
    setText(line, state === "refused" && why.status !== 409
      ? "This chat cannot be opened from here any more. What you wrote is kept on this page."
      : "Line dropped; trying again. Nothing you wrote is lost.");
  }

  #type(words) {
    if (!words || Date.now() - this.#typedAt < typingEvery || this.#ended) return;
    this.#typedAt = Date.now();
    request("POST", `${this.address}/typing`, {}, { token: this.token }).catch(() => {});
  }

  /** Says how far she has read, when it is in view. */
  #read() {
    if (document.hidden) return;
    if (this.#unseen) {
      this.#unseen = 0;
      document.title = this.#title;
    }
    const number = this.conversation.lastNumber;
    if (this.#ended || number <= this.#readNumber || !this.conversation.isAtEnd) return;
    this.#readNumber = number;
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      request("POST", `${this.address}/reading`, { number }, { token: this.token }).catch(() => {});
    }, 800);
  }

  async #end(dialog) {
    const words = byId("ending-words");
    try {
      const chat = await request("POST", `${this.address}/ending`, {}, { token: this.token });
      dialog.close();
      if (chat) this.#show(chat);
    } catch (error) {
      setText(words, `It has not ended yet. ${error.detail}`);
    }
  }

  #showEnd(isNews) {
    this.#ended = true;
    this.root.dataset.status = "ended";
    this.live?.close();
    if (this.outbox.items.length) this.outbox.wake();
    this.outbox.close();
    setText(byId("chat-line"), "");
    byId("chat-writing").hidden = true;
    byId("chat-end").hidden = true;
    byId("chat-after").hidden = false;
    byId("chat-again").hidden = false;
    setText(byId("chat-typing"), "");
    this.#keepUnsent(byId("text").value.trim());
    if (this.#chat?.rating) this.#showRated();
    if (byId("chat-ending").open) byId("chat-ending").close();
    this.conversation.toEnd();
    if (isNews) byId("after-title").focus();
  }

  /** What was half written when the chat ended is shown, and stands in the form of a new chat. */
  #keepUnsent(words) {
    if (!words) return;
    keep(`draft-${this.id}`, null);
    keep(`start-${this.root.dataset.queue}`, { name: this.name, message: words, reference: "" });
    byId("chat-unsent").hidden = false;
    setText(byId("chat-unsent"), `Not sent, because the chat has ended: “${words}” A new chat begins with these words.`);
    byId("text").value = "";
  }

  async #rate(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const stars = Number(new FormData(form).get("stars"));
    const comment = form.elements.comment.value.trim() || undefined;
    try {
      await request("PUT", `${this.address}/rating`, { stars, comment }, { token: this.token });
      this.#showRated();
      byId("chat-rated").focus();
    } catch (error) {
      byId("chat-rated").hidden = false;
      setText(byId("chat-rated"), `Not sent. ${error.detail}`);
      say(byId("chat-says"), `Not sent. ${error.detail}`);
    }
  }

  #showRated() {
    byId("chat-rating").hidden = true;
    byId("chat-rated").hidden = false;
    setText(byId("chat-rated"), "Thank you for your rating.");
  }

  /** A file with what was said; a link could not carry the token. */
  async #save(event) {
    event.preventDefault();
    const response = await fetch(`${this.address}/transcript`, { headers: identity(this.token) });
    if (!response.ok) return say(byId("chat-says"), "The copy could not be made just now. Try again.");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = `chat-${this.id}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  #takeBack(item) {
    this.outbox.remove(item.clientId);
    this.conversation.removePending(item.clientId);
    const text = byId("text");
    if (!text.value) text.value = item.text;
    text.focus();
  }

  /** On a phone the keyboard would cover what is happening; there she taps when she wants to write. */
  #focusWriting() {
    if (!matchMedia("(pointer: coarse)").matches) byId("text").focus();
  }
}

/** What the chat says of its customer, as the customer reads it. */
function toCustomer({ author, text }) {
  return author === "system" && text === "The customer has ended the chat." ? "You have ended the chat." : text;
}

/** What is happening, in a sentence. */
function sentence(chat) {
  if (chat.status === "ended") return chat.endedBy === "customer" ? "You ended this chat." : "This chat has ended.";
  if (chat.status === "active" && chat.adviserIsAway) return `The line of ${chat.adviser?.name ?? "your adviser"} is interrupted. What you write is kept.`;
  if (chat.status === "active") return `You are talking to ${chat.adviser?.name ?? "an adviser"}.`;
  const place = chat.position > 1 ? `You are number ${chat.position} in the queue.` : "You are next.";
  const wait = Number.isFinite(chat.estimatedWaitSeconds) ? ` The wait is ${about(chat.estimatedWaitSeconds)}.` : " No adviser is there at the moment, so we cannot say how long it will be.";
  return place + wait;
}
