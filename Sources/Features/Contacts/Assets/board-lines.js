/** The board's tables, written cell by cell: only what has changed is touched. */
import { make, reconcile, setText, setWords } from "../web/dom.js";
import { clock } from "../web/time.js";
import { runClock } from "./ticker.js";

const none = "–";
const statuses = { available: "Available", busy: "With a customer", wrapUp: "Wrap-up", break: "Break", training: "Training", missed: "Paused after a missed offer", offline: "Offline" };
const places = { home: "Home", office: "Office", touchdown: "Touchdown site" };

/** "83%", or a dash where nothing came in. */
export function percent(value) {
  return value === null || value === undefined ? none : `${Math.round(value * 100)}%`;
}

/** "4:05", or a dash. */
export function wait(seconds) {
  return seconds === null || seconds === undefined ? none : clock(seconds);
}

/** "12,910". */
export function count(value) {
  return value.toLocaleString("en-GB");
}

/** Whether the first of those who wait has waited longer than was promised, in seconds. */
export function isLate(line, promise) {
  return line.waiting > 0 && line.longestWaitSeconds > promise;
}

/** One row per queue, team or place. */
export function showLines(body, lines, promise) {
  reconcile(body, lines, (line) => line.name, () => row(15), (element, line) => {
    write(element, [
      line.name, count(line.waiting), wait(line.waiting ? line.longestWaitSeconds : null), percent(line.serviceLevel?.offered),
      count(line.offered), count(line.answered), count(line.answeredInTarget), count(line.abandoned), wait(line.averageSpeedOfAnswerSeconds),
      wait(line.handlingTimeSeconds), percent(line.occupancy), count(line.available), count(line.busy), count(line.wrapUp), count(line.onBreak),
    ]);
    setWords(element.firstElementChild, line.name, line.language);
    element.classList.toggle("is-late", isLate(line, promise));
  });
}

/** Advisers by status or by place. */
export function showAdvisers(body, counts) {
  const names = { ...statuses, ...places };
  const order = Object.keys(names).filter((key) => key in counts);
  reconcile(body, order, (key) => key, () => row(2), (element, key) => write(element, [names[key], count(counts[key])]));
}

/** The table beside the chart. */
export function showCurve(body, quarters) {
  reconcile(body, quarters, (quarter) => quarter.start, () => row(6), (element, quarter) => write(element, [
    quarter.start, count(quarter.offered), count(quarter.answered), count(quarter.answeredInTarget), count(quarter.abandoned),
    percent(quarter.serviceLevel ?? (quarter.offered ? quarter.answeredInTarget / quarter.offered : null)),
  ]));
}

/** Advisers who have asked a team leader for help. */
export function showHelp(section, list, help) {
  section.hidden = help.length === 0;
  reconcile(list, help, (one) => one.contact, () => make("li", {}, make("a", {}, make("span"), ", ", make("span")), " ", make("span", { class: "number" })), (element, one) => {
    const [link, since] = element.children;
    link.href = `/contacts/${one.contact}`;
    setText(link.firstElementChild, one.adviser);
    setWords(link.lastElementChild, one.queue, one.language);
    runClock(since, { since: one.since });
  });
}

function row(cells) {
  return make("tr", {}, make("th", { scope: "row" }), ...Array.from({ length: cells - 1 }, () => make("td", { class: "number" })));
}

function write(element, values) {
  values.forEach((value, index) => setText(element.children[index], String(value ?? none)));
}
