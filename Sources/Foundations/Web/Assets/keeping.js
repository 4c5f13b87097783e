/**
 * What this tab keeps over a refresh: drafts, unsent messages, a chat's token. A browser may forbid storage in a
 * frame on another site; then the page around it keeps the values for us (see chat/embed.js).
 */
const memory = new Map();
const isFramed = window.parent !== window;
const around = parentOrigin();
const patience = 700; // Milliseconds to wait for the page around us before going on without.

/** A value kept for this tab, or null. */
export function kept(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Keeps a value for this tab; null forgets it. */
export function keep(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
    if (around) window.parent.postMessage({ touchdown: "keep", key, value }, around);
  }
}

/** Fetches what the page around us keeps, where we may not keep anything ourselves. To be awaited once, at the start. */
export function recall() {
  if (!around || isStorageAllowed()) return Promise.resolve();
  return new Promise((resolve) => {
    const hear = (event) => {
      if (event.source !== window.parent || event.origin !== around || event.data?.touchdown !== "kept") return;
      for (const [key, value] of Object.entries(event.data.values ?? {})) memory.set(key, value);
      window.removeEventListener("message", hear);
      resolve();
    };
    window.addEventListener("message", hear);
    window.parent.postMessage({ touchdown: "recall" }, around);
    setTimeout(resolve, patience);
  });
}

/** Asks the page around us to close the frame. */
export function askToClose() {
  if (around) window.parent.postMessage({ touchdown: "close" }, around);
}

function isStorageAllowed() {
  try {
    return Boolean(sessionStorage);
  } catch {
    return false;
  }
}

/** Only the page around us may hear what we post, never whoever comes after it. */
function parentOrigin() {
  if (!isFramed) return null;
  try {
    return location.ancestorOrigins?.[0] ?? new URL(document.referrer).origin;
  } catch {
    return null;
  }
}
