/** The desk: wires the store to the line and to each part of the page. */
import { request } from "../web/api.js";
import { byId, make, say, setText } from "../web/dom.js";
import { follow } from "../web/live.js";
import { Alerts } from "./alerts.js";
import { ChatList } from "./chat-list.js";
import { Dialogs } from "./dialogs.js";
import { listenToKeys } from "./keyboard.js";
import { Offers } from "./offers.js";
import { Panels } from "./panels.js";
import { showSettings } from "./settings.js";
import { DeskStore } from "./store.js";
import { Strip } from "./strip.js";
import { startTicking } from "./ticker.js";

const store = new DeskStore();

/** Asks the server for something; an answer that is a desk is the newest truth. */
async function act(method, address, body) {
  const answer = await request(method, `/api/v1/${address}`, body);
  if (answer?.adviser && answer?.contacts) store.apply(answer);
  return answer;
}

const dialogs = new Dialogs(store, act);
const alerts = new Alerts(store);
const panels = new Panels(store, act, dialogs, alerts);
const offers = new Offers(store, act, dialogs, alerts);
offers.onAccepted = (id) => panels.welcome(id);
new Strip(store, act, dialogs);
const list = new ChatList(store, panels);
showSettings();
listenToKeys({ store, offers, panels });
startTicking();

store.on("desk", () => {
  byId("desk").hidden = false;
  byId("desk-wait").hidden = true;
});

store.on("line", () => {
  const line = byId("desk-line");
  const isDown = store.line === "dropped" || store.line === "refused";
  byId("desk").classList.toggle("is-stale", isDown);
  line.classList.toggle("is-bad", store.line === "refused");
  if (store.line === "open" && line.textContent) say(byId("desk-says"), "The line is back.");
  if (!isDown) return setText(line, "");
  if (store.why?.status === 401) {
    // Drafts and unsent messages stay with this tab and are there after signing in again.
    const link = make("a", { href: "/sign-in?next=/desk", text: "Sign in again" });
    return line.replaceChildren("You are no longer signed in. What you wrote is kept in this tab. ", link, ".");
  }
  setText(line, store.line === "refused"
    ? `${store.why?.detail ?? "The desk is closed."} What you wrote is kept in this tab.`
    : "Line dropped; trying again. What you see may be old. Nothing you wrote is lost.");
});

document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", async (event) => {
  const form = event.currentTarget;
  if (!store.desk?.contacts.length) return;
  event.preventDefault();
  if (!(await dialogs.confirmLeaving(store.desk.contacts))) return;
  form.append(make("input", { type: "hidden", name: "anyhow", value: "yes" }));
  form.submit();
});

follow("/api/v1/desk/live", {
  on: {
    desk: (desk) => store.apply(desk),
    message: (message) => {
      panels.hear(message);
      list.show();
    },
  },
  onState: (state, why) => {
    store.setLine(state, why);
    if (state === "open") panels.wake();
  },
});
