/** The one store of the desk: what the server last said, and what this window looks at. */
import { setClock } from "../web/time.js";

export class DeskStore extends EventTarget {
  /** The whole desk as the server last told it, or null. */
  desk = null;
  /** "connecting", "open", "dropped", "refused". */
  line = "connecting";
  /** The contact this window works on, or null. */
  selected = null;
  #saidAt = -Infinity;

  /** Takes a desk, unless a newer one was heard already. */
  apply(desk) {
    const at = Date.parse(desk.now);
    if (at < this.#saidAt) return;
    this.#saidAt = at;
    setClock(desk.now);
    this.desk = desk;
    const isLost = !desk.contacts.some((contact) => contact.id === this.selected);
    if (isLost) this.selected = desk.contacts[0]?.id ?? null;
    this.#tell("desk");
    if (isLost) this.#tell("selected");
  }

  setLine(line, why) {
    this.line = line;
    this.why = why;
    this.#tell("line");
  }

  /** Chooses the contact this window works on. */
  select(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.#tell("selected");
  }

  contact(id) {
    return this.desk?.contacts.find((contact) => contact.id === id);
  }

  /** Calls back on "desk", "line" or "selected". */
  on(names, listener) {
    for (const name of names.split(" ")) this.addEventListener(name, listener);
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

const defaults = { sound: true, notify: false, enter: true, keys: true };

/** What this adviser likes on this computer. */
export const likes = new Proxy({}, {
  get: (_, name) => read()[name],
  set: (_, name, value) => {
    try {
      localStorage.setItem("desk-likes", JSON.stringify({ ...read(), [name]: value }));
    } catch {
      // Storage is forbidden: the default stays.
    }
    return true;
  },
});

function read() {
  try {
    return { ...defaults, ...JSON.parse(localStorage.getItem("desk-likes")) };
  } catch {
    return defaults;
  }
}
