/** The form after a chat: how it ended, a note, the time left. What is typed is kept. */
import { make, setText } from "../web/dom.js";
import { keep, kept } from "../web/keeping.js";
import { secondsUntil } from "../web/time.js";
import { runClock } from "./ticker.js";

const warning = 30; // Seconds before the end.

export class WrapUp {
  #isSending = false;
  #until = null;
  #isWarned = false;

  /** `onMore` asks for more time; `onSay` hears what should be read aloud. */
  constructor(form, id, codes, onFinish, { onMore, onSay }) {
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
    this.onFinish = onFinish;
    this.onSay = onSay;
    this.more = form.querySelector('[name="more"]');
    this.more.addEventListener("click", () => onMore().then(() => this.#goOn(), (error) => this.#refuse(error.detail)));
    this.code.addEventListener("input", () => this.#refuse(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.code.value) return this.#refuse("Choose how it ended.");
      this.isDone = true;
      this.#finish();
    });
    this.ticking = setInterval(() => this.#watch(), 1_000);
  }

  async #finish() {
    if (this.#isSending) return;
    this.#refuse(null);
    this.#isSending = true;
    try {
      await this.onFinish({ code: this.code.value, note: this.note.value.trim() });
      keep(this.draft, null);
    } catch (error) {
      this.isDone = false;
      this.#refuse(`Not finished. ${error.detail}`);
    } finally {
      this.#isSending = false;
    }
  }

  /** Warns before the time is over; what is chosen and written by then is not thrown away. */
  #watch() {
    if (!this.#until || this.form.hidden) return;
    const left = secondsUntil(this.#until);
    this.more.hidden = left > warning;
    if (left <= warning && !this.#isWarned) {
      this.#isWarned = true;
      const lost = this.lostNote ? " Choose how it ended, or the note is lost." : "";
      this.onSay(`${Math.round(left)} seconds left for the wrap-up. More time is beside Finish.${lost}`);
    }
    if (left > 2 || !this.code.value || this.#isSending) return;
    this.onSay("The time is over. What you chose and wrote is saved.");
    this.#finish();
  }

  /** More time was given: the button goes, the cursor stays in the form. */
  #goOn() {
    (this.code.value ? this.note : this.code).focus();
    this.onSay("More time is given.");
  }

  /** A note that cannot be kept, for want of an outcome. */
  get lostNote() {
    return this.isDone || this.code.value ? "" : this.note.value.trim();
  }

  close() {
    clearInterval(this.ticking);
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
    if (contact.wrapUpUntil !== this.#until) this.#isWarned = false;
    this.#until = contact.wrapUpUntil ?? null;
    if (contact.wrapUpUntil) runClock(left, { until: contact.wrapUpUntil });
    else setText(left, "");
  }

  focus() {
    this.code.focus();
  }
}
