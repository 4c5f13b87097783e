/** Times as people say them, by the server's clock. */
let offset = 0;

/** Learns the server's clock from a moment it has just sent. */
export function setClock(now) {
  const at = Date.parse(now);
  if (Number.isFinite(at)) offset = at - Date.now();
}

/** Milliseconds since 1970 by the server's clock. */
export function now() {
  return Date.now() + offset;
}

/** Seconds from a moment until now, never negative. */
export function secondsSince(moment) {
  return Math.max(0, (now() - Date.parse(moment)) / 1000);
}

/** Seconds from now until a moment, never negative. */
export function secondsUntil(moment) {
  return Math.max(0, (Date.parse(moment) - now()) / 1000);
}

/** "4:05", "1:02:09": for clocks that run. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** "less than a minute", "about 4 minutes": for estimates. */
export function about(seconds) {
  if (seconds < 60) return "less than a minute";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes === 1 ? "about a minute" : `about ${minutes} minutes`;
  const hours = Math.round(minutes / 30) / 2;
  return hours === 1 ? "about an hour" : `about ${hours} hours`;
}

const hourMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "09:31". */
export function timeOfDay(moment) {
  return hourMinute.format(new Date(moment));
}

/** "3 Nov 2026". */
export function day(moment) {
  return dayMonth.format(new Date(moment));
}
