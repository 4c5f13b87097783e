/** A text field with a list of choices under it: arrows move, Enter chooses (the combobox pattern). */
import { make } from "../web/dom.js";

export class Options {
  #values = [];
  #at = -1;

  constructor(field, list, { show, onChoose, opensWith = -1 }) {
    this.field = field;
    this.list = list;
    this.show = show;
    this.onChoose = onChoose;
    this.opensWith = opensWith;
    field.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(Number(option.dataset.index));
    });
  }

  /** Offers these values. */
  set(values) {
    this.#values = values;
    this.list.replaceChildren(...values.map((value, index) =>
      make("li", { role: "option", id: `${this.list.id}-${index}`, "data-index": index, "aria-selected": "false" }, ...this.show(value))));
    this.list.hidden = values.length === 0;
    this.field.setAttribute("aria-expanded", String(values.length > 0));
    this.#mark(values.length ? this.opensWith : -1);
  }

  #key(event) {
    const last = this.#values.length - 1;
    if (event.key === "ArrowDown") this.#mark(this.#at >= last ? 0 : this.#at + 1);
    else if (event.key === "ArrowUp") this.#mark(this.#at <= 0 ? last : this.#at - 1);
    else if (event.key === "Enter") this.#at >= 0 && this.#choose(this.#at);
    else return;
    event.preventDefault();
  }

  #mark(index) {
    this.#at = this.#values.length ? index : -1;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === this.#at)));
    const option = this.list.children[this.#at];
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  #choose(index) {
    if (this.#values[index]) this.onChoose(this.#values[index]);
  }
}
