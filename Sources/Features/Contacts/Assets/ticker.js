/** The clocks on the page: every element with data-since or data-until shows how long, once a second. */
import { clock, secondsSince, secondsUntil } from "../web/time.js";

export function startTicking(root = document) {
  const tick = () => {
    for (const element of root.querySelectorAll("[data-since]")) show(element, clock(secondsSince(element.dataset.since)));
    for (const element of root.querySelectorAll("[data-until]")) show(element, clock(secondsUntil(element.dataset.until)));
    for (const element of root.querySelectorAll("[data-bar-until]")) {
      const share = secondsUntil(element.dataset.barUntil) / Number(element.dataset.whole);
      element.style.transform = `scaleX(${Math.min(1, Math.max(0, share)).toFixed(3)})`;
    }
  };
  tick();
  return setInterval(tick, 1_000);
}

/** Makes an element a clock from a moment, or until one; null stops it. */
export function runClock(element, { since = null, until = null }) {
  if (since) element.dataset.since = since;
  else delete element.dataset.since;
  if (until) element.dataset.until = until;
  else delete element.dataset.until;
  if (since) show(element, clock(secondsSince(since)));
  else if (until) show(element, clock(secondsUntil(until)));
  else show(element, "");
}

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
