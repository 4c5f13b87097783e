/** Talks to the server: JSON in, JSON out; a problem becomes an error whose sentence can be shown. */

/** What the server refused, or what did not reach it (`status` 0). */
export class Problem extends Error {
  constructor(status, detail, { errors = [], retryAfter = null, request = null } = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.detail = detail;
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.request = request;
  }

  /** Whether the same request may succeed later without anything being changed. */
  get isPassing() {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }
}

/** The token against forged requests that the page carries. */
export function csrf() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** The headers that say who asks: a chat's token, or the page's cookie and its token. */
export function identity(token) {
  return token ? { Authorization: `Bearer ${token}` } : { "X-CSRF-Token": csrf() };
}

/** Sends a request and answers its JSON, or throws a `Problem`. */
export async function request(method, address, body, { token, signal, timeout = 20_000 } = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  const stop = () => abort.abort();
  if (signal?.aborted) abort.abort();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const headers = { Accept: "application/json", ...identity(token) };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const response = await fetch(address, {
      method, headers, signal: abort.signal, cache: "no-store", credentials: "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw await problem(response);
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(0, "The server cannot be reached just now.");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** Reads what the server says is wrong. */
export async function problem(response) {
  const after = Number(response.headers.get("Retry-After"));
  const more = { retryAfter: after > 0 ? after * 1000 : null };
  try {
    const said = await response.json();
    return new Problem(response.status, said.detail ?? said.title ?? fallback(response.status), {
      ...more, errors: said.errors ?? [], request: said.instance ?? null,
    });
  } catch {
    return new Problem(response.status, fallback(response.status), more);
  }
}

function fallback(status) {
  if (status === 401) return "You are no longer signed in. Sign in again in another tab, then try again.";
  if (status === 403) return "You may not do this.";
  if (status === 404) return "This is not there any more.";
  if (status === 429) return "Too many requests. Wait a moment.";
  return "Something went wrong on our side. Nothing was changed; try again.";
}
