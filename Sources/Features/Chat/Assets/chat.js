/** The customer's side: starts a chat inside another page's frame, or takes over the one this page shows. */
import { request } from "../web/api.js";
import { byId, make } from "../web/dom.js";
import { askToClose, keep, kept, recall } from "../web/keeping.js";
import { CustomerChat } from "./customer.js";

const start = byId("start");
const shown = byId("chat");

if (shown) {
  new CustomerChat(shown, { id: shown.dataset.chat });
} else if (start) {
  prepare(start);
}

// Escape in a frame is the wish to close it; a dialog that is open has the first right to the key.
if (window.parent !== window) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    askToClose();
  });
}

/**
 * The start page. In a frame on another site the browser keeps cookies from us, so there the chat is opened
 * through the API, its token is kept for this tab, and the conversation replaces the form in this same page.
 */
async function prepare(start) {
  const form = byId("start-form");
  const draft = `start-${start.dataset.queue}`;
  const key = `chat-of-${start.dataset.queue}`;
  const isEmbedded = "embedded" in start.dataset;
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isEmbedded || isSent) event.preventDefault();
    if (isEmbedded) return begin(start, form, { key, draft });
    isSent = true;
    keep(draft, null);
  });
  window.addEventListener("pageshow", () => (isSent = false));
  await recall();
  const before = kept(draft) ?? {};
  for (const name of ["name", "message", "reference"]) {
    if (!form.elements[name].value && before[name]) form.elements[name].value = before[name];
  }
  form.addEventListener("input", () => {
    const { name, message, reference } = form.elements;
    keep(draft, { name: name.value, message: message.value, reference: reference.value });
  });
  const open = isEmbedded ? kept(key) : null;
  if (!open) return;
  start.hidden = true;
  start.hidden = await resume(open, key);
}

/** Takes up the chat this tab had; a dropped line is no reason to forget it. */
async function resume({ id, token }, key) {
  try {
    await request("GET", `/api/v1/chats/${id}`, undefined, { token });
  } catch (error) {
    if (!error.isPassing) {
      keep(key, null);
      return false;
    }
  }
  show({ id, token, key });
  return true;
}

async function begin(start, form, { key, draft }) {
  const button = form.querySelector("button[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  const { name, message, reference, clientId } = form.elements;
  try {
    const chat = await request("POST", "/api/v1/chats", {
      queue: start.dataset.queue, name: name.value, message: message.value,
      reference: reference.value || undefined, clientId: clientId.value || undefined,
    });
    keep(draft, null);
    keep(key, { id: chat.id, token: chat.token });
    show({ id: chat.id, token: chat.token, key });
  } catch (error) {
    const box = byId("start-problem");
    const lines = error.errors?.length ? error.errors : [{ message: error.detail }];
    box.replaceChildren(...lines.map((line) => make("p", { text: line.message })));
    box.hidden = false;
    const first = form.elements[lines[0].field];
    first?.setAttribute("aria-invalid", "true");
    (first ?? button).focus();
  } finally {
    button.disabled = false;
  }
}

/** Replaces the form by the conversation. */
function show({ id, token, key }) {
  const view = byId("chat-template").content.cloneNode(true);
  start.replaceWith(view);
  new CustomerChat(byId("chat"), { id, token, onOver: () => keep(key, null) });
}
