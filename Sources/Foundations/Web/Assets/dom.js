/** Builds elements. Data only ever becomes text. */

/** `make("p", { class: "hint", text: "…" }, child, …)`; names with `on` listen, true and false set or leave out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets text only where it differs, so that a screen reader is not told the same again. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Says words in a live region, also those that were said last. */
export function say(element, words) {
  setText(element, "");
  setText(element, words);
}

/** Sets text as `setText` does for words that may be in another language than the page. */
export function setWords(element, words, language) {
  setText(element, words);
  if (!element || element.getAttribute("lang") === (language ?? null)) return;
  if (language) element.lang = language;
  else element.removeAttribute("lang");
}

/** The element with an id that a page promises to have. */
export const byId = (id) => document.getElementById(id);

/** Makes `parent` hold one element per value, in order; what stays is not moved, so focus is kept. */
export function reconcile(parent, values, key, create, update) {
  const wanted = new Set(values.map((value) => String(key(value))));
  const present = new Map();
  for (const child of [...parent.children]) {
    if (wanted.has(child.dataset.key)) present.set(child.dataset.key, child);
    else child.remove();
  }
  let next = parent.firstElementChild;
  for (const value of values) {
    const id = String(key(value));
    let element = present.get(id);
    if (!element) {
      element = create(value);
      element.dataset.key = id;
    }
    update?.(element, value);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}
