/** The desk's dialogs: each asks one thing and answers with it, or with null. */
import { byId, make, setText } from "../web/dom.js";
import { about } from "../web/time.js";
import { call } from "./alerts.js";
import { Options } from "./options.js";

export class Dialogs {
  #transferred = null;
  /** Hears of a contact that she has passed on, once the dialog is closed. */
  onPassedOn = () => {};
  #search = 0;
  #lines = new Map(); // How the queues stand, by number.

  constructor(store, act) {
    this.store = store;
    this.act = act;
    this.advisers = new Options(byId("transfer-search"), byId("transfer-found"), {
      show: (adviser) => [
        make("strong", { text: adviser.name }), adviser.team ? ` ${adviser.team}` : "",
        make("span", { text: `${standing(adviser)}, ${adviser.hasSkills ? "has the skills" : "lacks skills for this queue"}` }),
      ],
      onChoose: (adviser) => {
        this.chosen = adviser;
        byId("transfer-search").value = adviser.name;
        this.advisers.set([]);
        setText(byId("transfer-count"), `Chosen: ${adviser.name}`);
        byId("transfer-note").focus();
      },
    });
    byId("transfer-search").addEventListener("input", () => this.#find());
    byId("transfer-queue").addEventListener("change", () => this.#showLine());
    for (const radio of document.querySelectorAll('#transfer-dialog [name="to"]')) radio.addEventListener("change", () => this.#showTarget());
    byId("transfer-dialog").querySelector("form").addEventListener("submit", (event) => this.#transfer(event));
  }

  /** Shows words that nobody got above the desk, where they cover nothing, until she closes them. */
  keep(sentence) {
    call(sentence);
    const line = make("div", { class: "line is-bad unsent" }, make("span", { text: sentence }), " ");
    line.append(make("button", { type: "button", class: "button small quiet", text: "Close", onclick: () => line.remove() }));
    byId("desk-line").after(line);
  }

  /** Says a sentence that must not be missed. */
  tell(sentence) {
    call(sentence);
    let toast = byId("desk-toast");
    if (!toast) {
      toast = make("div", { id: "desk-toast", class: "toast" }, make("p"), make("button", { type: "button", class: "button small quiet", text: "Close", onclick: () => (toast.hidden = true) }));
      document.body.append(toast);
    }
    setText(toast.firstElementChild, sentence);
    toast.hidden = false;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => (toast.hidden = true), 12_000);
  }

  /** Asks for one of a few reasons: `break` or `refuse`. */
  choose(name, reasons) {
    const dialog = byId(`${name}-dialog`);
    byId(`${name}-reasons`).replaceChildren(...reasons.map((reason) => make("button", { type: "submit", class: "button quiet wide", value: reason, text: reason })));
    return ask(dialog);
  }

  /** Asks whether a chat shall end. */
  async confirmEnd(contact) {
    setText(byId("end-words"), `${contact.customerName} will see that the chat has ended. You go on to the wrap-up.`);
    return (await ask(byId("end-dialog"))) === "end";
  }

  /** Asks whether she means to sign out, or to go offline, with work still on her desk. */
  async confirmLeaving(contacts, isOffline = false) {
    const open = contacts.filter((contact) => contact.state === "active").length;
    const [title, leave] = isOffline ? ["Go offline?", "go offline"] : ["Sign out?", "sign out"];
    setText(byId("leave-title"), title);
    setText(byId("leave-dialog").querySelector('[value="leave"]'), `${leave[0].toUpperCase()}${leave.slice(1)} anyhow`);
    setText(byId("leave-words"), open
      ? `You still have ${open === 1 ? `1 conversation: end it or hand it over first. If you ${leave} now, the customer waits` : `${open} conversations: end them or hand them over first. If you ${leave} now, the customers wait`} for somebody else.`
      : `You have not finished your wrap-up. If you ${leave} now, it is closed without an outcome.`);
    return (await ask(byId("leave-dialog"))) === "leave";
  }

  /** Passes a chat on; the dialog stays until the server has taken it or she keeps it. */
  transfer(contact) {
    this.#transferred = contact;
    this.chosen = null;
    setText(byId("transfer-title"), `Transfer ${contact.customerName}`);
    byId("transfer-problem").hidden = true;
    byId("transfer-queue").replaceChildren(...this.store.desk.queues.filter((queue) => queue.id !== contact.queue.id)
      .map((queue) => make("option", { value: queue.id, text: queue.name, lang: queue.language })));
    this.#readLines();
    byId("transfer-search").value = "";
    byId("transfer-note").value = "";
    byId("to-queue").checked = true;
    this.#showTarget();
    byId("transfer-dialog").showModal();
  }

  /** Asks how the queues stand, so that nobody is passed on to where nobody is. */
  async #readLines() {
    this.#lines.clear();
    this.#showLine();
    const { queues } = await this.act("GET", "queues").catch(() => ({ queues: [] }));
    this.#lines = new Map(queues.map((queue) => [queue.id, queue]));
    this.#showLine();
  }

  #showLine() {
    const line = this.#lines.get(Number(byId("transfer-queue").value));
    setText(byId("transfer-line"), line ? standingOf(line) : "");
  }

  #showTarget() {
    const isQueue = byId("to-queue").checked;
    byId("transfer-queue-field").hidden = !isQueue;
    byId("transfer-adviser-field").hidden = isQueue;
    if (!isQueue) this.#find();
  }

  /** Looks for advisers; an answer that a later question overtook is dropped. */
  async #find() {
    this.chosen = null;
    const turn = (this.#search += 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (turn !== this.#search) return;
    try {
      const words = byId("transfer-search").value.trim();
      const { advisers, total } = await this.act("GET", `advisers?search=${encodeURIComponent(words)}&queue=${this.#transferred.queue.id}`);
      if (turn !== this.#search) return;
      const others = advisers.filter((adviser) => adviser.id !== this.store.desk.adviser.id);
      this.advisers.set(others);
      setText(byId("transfer-count"), found(others.length, total - (advisers.length - others.length)));
    } catch (error) {
      setText(byId("transfer-count"), error.detail);
    }
  }

  async #transfer(event) {
    if (event.submitter?.value !== "transfer") return;
    event.preventDefault();
    const button = event.submitter;
    const isQueue = byId("to-queue").checked;
    const target = isQueue ? { queue: Number(byId("transfer-queue").value) } : { adviser: this.chosen?.id };
    const trouble = byId("transfer-problem");
    if (!isQueue && !this.chosen) {
      trouble.hidden = false;
      setText(trouble, "Choose an adviser from the list.");
      byId("transfer-search").focus();
      return;
    }
    button.disabled = true;
    try {
      await this.act("POST", `contacts/${this.#transferred.id}/transfer`, { ...target, note: byId("transfer-note").value.trim() });
      byId("transfer-dialog").close();
      this.onPassedOn(this.#transferred);
    } catch (error) {
      trouble.hidden = false;
      setText(trouble, `Not transferred. ${error.detail}`);
    } finally {
      button.disabled = false;
    }
  }
}

const statuses = { break: "On a break", training: "In training", missed: "Paused: missed an offer" };

/** Whether a colleague can take a chat now, in words. */
function standing({ status, isFull }) {
  if (status !== "available") return statuses[status] ?? status;
  return isFull ? "Available, full" : "Available";
}

/** How long a customer would wait in a queue, in words. */
function standingOf({ isOpen, waiting, estimatedWaitSeconds }) {
  const closed = isOpen ? "" : "This queue is closed now. ";
  const others = waiting ? ` ${waiting} waiting.` : "";
  if (!Number.isFinite(estimatedWaitSeconds)) return `${closed}No adviser is there for it at the moment.${others}`;
  return `${closed}The wait is ${about(estimatedWaitSeconds)}.${others}`;
}

function found(shown, all) {
  if (!shown) return "Nobody at work found";
  return all > shown ? `${shown} of ${all.toLocaleString("en-GB")}: type a name` : `${shown} found`;
}

/** Opens a dialog and answers the value of the button that closed it, or null. */
function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue || null), { once: true }));
}
