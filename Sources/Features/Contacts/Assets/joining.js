/** A team leader beside an adviser: follows the conversation, and writes notes that only advisers see. */
import { request } from "../web/api.js";
import { Conversation } from "../web/conversation.js";
import { byId, make, reconcile, setText } from "../web/dom.js";
import { follow } from "../web/live.js";
import { timeOfDay } from "../web/time.js";

const root = byId("joining");
const address = `/api/v1/contacts/${root.dataset.contact}`;
const form = byId("joining-form");
const conversation = new Conversation(byId("joining-log"), { me: "leader", links: ["adviser", "system"], more: byId("joining-more") });

function show(view) {
  setText(byId("joining-helpers"), view.helpers.join(", "));
  reconcile(byId("joining-notes"), view.notes, (note) => note.number, (note) => make("li", {},
    make("time", { datetime: note.at, text: timeOfDay(note.at) }),
    make("p", {}, make("strong", { text: note.name }), " ", make("span", { class: "note-text", text: note.text }))));
  if (view.isOpen) return;
  line.close();
  form.hidden = true;
  tell(`Help is no longer asked for in this chat. Its page says how it goes on.`, false);
}

function tell(sentence, isBad) {
  const element = byId("joining-line");
  element.classList.toggle("is-bad", isBad);
  setText(element, sentence);
}

function showLine(state, why) {
  if (state === "closed") return;
  const isDown = state === "dropped" || state === "refused";
  if (isDown) tell(state === "refused" ? why.detail : "Line dropped; trying again. What you see may be old.", state === "refused");
  else tell("", false);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byId("text");
  const button = form.querySelector("button");
  const trouble = byId("joining-problem");
  if (!text.value.trim()) return;
  button.disabled = true;
  trouble.hidden = true;
  try {
    await request("POST", `${address}/notes`, { text: text.value });
    text.value = "";
    text.focus();
  } catch (error) {
    trouble.hidden = false;
    setText(trouble, `Not written. ${error.detail}`);
  } finally {
    button.disabled = false;
  }
});

const line = follow(`${address}/joining/live`, {
  lastId: conversation.lastNumber, on: { message: (message) => conversation.add(message), joining: show }, onState: showLine,
});
// What stood there when the page was opened is not news.
setTimeout(() => conversation.announce(true), 2_000);
