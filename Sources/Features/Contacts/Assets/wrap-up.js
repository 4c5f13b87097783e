/** The form after a chat: how it ended, a note, the time left. What is typed is kept. */
import { make, setText } from "../web/dom.js";
import { keep, kept } from "../web/keeping.js";
import { runClock } from "./ticker.js";

export class WrapUp {
  #isSending = false;

  constructor(form, id, codes, { onFinish, onProblem }) {
    this.form = form;
    this.code = form.querySelector("select");
    this.note = form.querySelector("textarea");
    this.draft = `wrap-up-${id}`;
    for (const [field, name] of [[this.code, "code"], [this.note, "note"]]) {
      field.id = `${name}-${id}`;
      field.parentElement.querySelector("label").htmlFor = field.id;
      field.addEventListener("input", () => keep(this.draft, { code: this.code.value, note: this.note.value }));
    }
    this.code.append(make("option", { value: "", text: "Choose…" }), ...codes.map(({ code, title }) => make("option", { value: code, text: title })));
    const before = kept(this.draft);
    if (before) {
      this.code.value = before.code;
      this.note.value = before.note;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (this.#isSending) return;
      this.#isSending = true;
      try {
        await onFinish({ code: this.code.value, note: this.note.value.trim() });
        keep(this.draft, null);
      } catch (error) {
        onProblem(`Not finished. ${error.detail}`);
        if (!this.code.value) this.code.focus();
      } finally {
        this.#isSending = false;
      }
    });
  }

  /** Shows the time left. */
  show(contact) {
    this.form.hidden = false;
    const left = this.form.querySelector(".wrap-left");
    if (contact.wrapUpUntil) runClock(left, { until: contact.wrapUpUntil });
    else setText(left, "");
  }

  focus() {
    this.code.focus();
  }
}
