/**
 * Follows a stream of server-sent events over fetch, which unlike EventSource can carry a token,
 * tell a refusal from a dropped line, and notice a line that is silent.
 */
import { identity, problem } from "./api.js";
import { EventReader } from "./events.js";

const silence = 40_000; // The server beats every 15 s; two beats missed and a bit is a dead line.
const firstWait = 500;
const longestWait = 15_000;
const leaving = 2_000; // How long a page may take to go away.

/**
 * Opens the stream and keeps it open until `close()`, or until the server refuses it for good.
 * `on[name](data)` hears events; `onState("connecting" | "open" | "dropped" | "refused" | "closed", problem?)` hears the line.
 */
export function follow(address, { token, lastId, on, onState = () => {} }) {
  let abort = null;
  let failures = 0;
  let heardAt = 0;
  let openedAt = 0;
  let tickedAt = Date.now();
  let leftAt = 0;
  let retry = null;
  let isClosed = false;
  let state = "";

  const reader = new EventReader(lastId, (name, data) => {
    const handler = on[name];
    if (!handler) return;
    try {
      handler(JSON.parse(data));
    } catch (error) {
      console.error("An event could not be used", name, error);
    }
  });

  function say(next, why) {
    if (next === state && !why) return;
    state = next;
    onState(next, why);
  }

  async function connect() {
    clearTimeout(retry);
    abort?.abort();
    if (isClosed) return;
    const mine = new AbortController();
    abort = mine;
    heardAt = Date.now();
    if (state !== "dropped") say("connecting");
    let wait = null;
    try {
      const headers = { Accept: "text/event-stream", ...identity(token) };
      if (reader.lastId !== undefined && reader.lastId !== null) headers["Last-Event-ID"] = String(reader.lastId);
      const response = await fetch(address, { headers, signal: mine.signal, cache: "no-store", credentials: "same-origin" });
      if (response.status === 204) return close();
      if (!response.ok) {
        const refusal = await problem(response);
        if (!refusal.isPassing) {
          isClosed = true;
          return say("refused", refusal);
        }
        wait = refusal.retryAfter;
        throw refusal;
      }
      openedAt = Date.now();
      heardAt = openedAt;
      reader.reset();
      say("open");
      const source = response.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await source.read();
        if (done || mine.signal.aborted) break;
        heardAt = Date.now();
        reader.feed(decoder.decode(value, { stream: true }));
      }
    } catch {
      // A broken line is expected; what matters is that another is tried.
    }
    // Who leaves the page need not hear that its line is dropped; who stays after all does.
    if (Date.now() - leftAt < leaving) await new Promise((resolve) => setTimeout(resolve, leaving));
    if (mine !== abort || isClosed) return;
    failures = openedAt && Date.now() - openedAt > 10_000 ? 1 : failures + 1;
    openedAt = 0;
    say("dropped");
    schedule(wait);
  }

  /** Full jitter: after a restart thousands of screens must not come back in the same second. */
  function schedule(wait) {
    const most = Math.min(longestWait, firstWait * 2 ** Math.min(failures, 8));
    clearTimeout(retry);
    retry = setTimeout(connect, (wait ?? 0) + most * (0.3 + 0.7 * Math.random()));
  }

  /** Tries at once, unless the line is known to be alive. */
  function wake() {
    if (isClosed) return;
    if (state === "open" && Date.now() - heardAt < 16_000) return;
    failures = 0;
    connect();
  }

  function watch() {
    const now = Date.now();
    const slept = now - tickedAt > 20_000;
    tickedAt = now;
    if (isClosed || state !== "open") return;
    if (slept || now - heardAt > silence) {
      say("dropped");
      connect();
    }
  }

  const onVisible = () => document.visibilityState === "visible" && wake();
  const onOffline = () => {
    if (isClosed) return;
    say("dropped");
    abort?.abort();
  };
  const onLeave = () => (leftAt = Date.now());
  const onShow = (event) => event.persisted && connect();
  const watching = setInterval(watch, 5_000);
  window.addEventListener("online", wake);
  window.addEventListener("offline", onOffline);
  window.addEventListener("beforeunload", onLeave);
  window.addEventListener("pageshow", onShow);
  document.addEventListener("visibilitychange", onVisible);

  function close() {
    isClosed = true;
    clearInterval(watching);
    clearTimeout(retry);
    window.removeEventListener("online", wake);
    window.removeEventListener("offline", onOffline);
    window.removeEventListener("beforeunload", onLeave);
    window.removeEventListener("pageshow", onShow);
    document.removeEventListener("visibilitychange", onVisible);
    abort?.abort();
    say("closed");
  }

  connect();
  return { close, wake };
}
