/** Shortcuts: all with Alt, but `?` outside text. They are listed on the page and can be switched off. */
import { byId } from "../web/dom.js";
import { likes } from "./store.js";

export function listenToKeys({ store, offers, panels }) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open]") && panels.closeDetails()) {
      event.preventDefault();
      return;
    }
    if (!likes.keys || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(event.target)) {
      event.preventDefault();
      byId("settings-dialog").showModal();
      return;
    }
    // AltGr, which writes letters on many keyboards, comes as Ctrl with Alt.
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !store.desk) return;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const work = digit
      ? () => panels.go(store.desk.contacts[digit - 1]?.id)
      : { KeyA: () => offers.accept(), KeyR: () => offers.refuse(), KeyN: () => panels.goToUnread(), KeyI: () => panels.toggleDetails() }[event.code];
    if (!work) return;
    event.preventDefault();
    work();
  });
}

function isWriting(element) {
  return element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}
