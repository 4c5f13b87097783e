/** Where an adviser writes: drafts are kept, `/` in an empty field finds a ready reply. */
import { keep, kept } from "../web/keeping.js";
import { likes } from "./store.js";

export class Composer {
  #typedAt = 0;

  /** `onSend(text)` takes a message, `onType()` hears of typing, `onReplies()` opens the ready replies. */
  constructor(form, id, { onSend, onType, onReplies }) {
    this.form = form;
    this.text = form.querySelector("textarea");
    this.draft = `draft-${id}`;
    this.onSend = onSend;
    this.onType = onType;
    this.onReplies = onReplies;
    this.text.id = `text-${id}`;
    form.querySelector("label").htmlFor = this.text.id;
    this.text.value = kept(this.draft) ?? "";
    this.text.addEventListener("input", () => this.#changed());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    form.querySelector('[name="replies"]').addEventListener("click", () => onReplies());
  }

  /** Puts a text at the cursor. */
  insert(text) {
    const { selectionStart, selectionEnd, value } = this.text;
    const glue = selectionStart > 0 && !/\s$/.test(value.slice(0, selectionStart)) ? " " : "";
    this.text.setRangeText(glue + text, selectionStart, selectionEnd, "end");
    this.#changed();
    this.text.focus();
  }

  focus() {
    this.text.focus();
  }

  #changed() {
    keep(this.draft, this.text.value || null);
    if (this.text.value && Date.now() - this.#typedAt > 3_000) {
      this.#typedAt = Date.now();
      this.onType();
    }
  }

  #key(event) {
    if (event.key === "/" && this.text.value === "" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.onReplies();
    }
    if (event.key !== "Enter" || event.isComposing || event.altKey) return;
    const sends = event.ctrlKey || event.metaKey || (likes.enter && !event.shiftKey);
    if (!sends) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const words = this.text.value.trim();
    if (!words) return;
    this.text.value = "";
    this.#typedAt = 0;
    keep(this.draft, null);
    this.onSend(words);
    this.text.focus();
  }
}
