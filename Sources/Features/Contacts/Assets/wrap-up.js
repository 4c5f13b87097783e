/** The form after a chat: how it ended, a note, the time left. What is typed is kept. */
import { make, setText } from "../web/dom.js";
import { keep, kept } from "../web/keeping.js";
import { runClock } from "./ticker.js";

export class WrapUp {
  #isSending = false;

  constructor(form, id, codes, onFinish) {
    this.form = form;
    this.code = form.querySelector("select");
    this.note = form.querySelector("textarea");
    this.problem = form.querySelector(".problem");
    this.problem.id = `wrap-up-problem-${id}`;
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
      if (!this.code.value) return this.#refuse("Choose how it ended.");
      this.#refuse(null);
      this.#isSending = true;
      try {
        await onFinish({ code: this.code.value, note: this.note.value.trim() });
        keep(this.draft, null);
      } catch (error) {
        this.#refuse(`Not finished. ${error.detail}`);
      } finally {
        this.#isSending = false;
      }
    });
  }

  /** Says beside the field why it is not finished, or takes that back. */
  #refuse(sentence) {
    this.problem.hidden = !sentence;
    setText(this.problem, sentence ?? "");
    if (!sentence) {
      this.code.removeAttribute("aria-invalid");
      this.code.removeAttribute("aria-describedby");
      return;
    }
    this.code.setAttribute("aria-invalid", "true");
    this.code.setAttribute("aria-describedby", this.problem.id);
    this.code.focus();
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
