/** The board's tables, written cell by cell: only what has changed is touched. */
import { make, reconcile, setText, setWords } from "../web/dom.js";
import { clock } from "../web/time.js";
import { runClock } from "./ticker.js";

const none = "–";
const statuses = { available: "Available", busy: "With a customer", wrapUp: "Wrap-up", break: "Break", training: "Training", missed: "Paused after a missed offer", offline: "Offline" };
const places = { home: "Home", office: "Office", touchdown: "Touchdown site" };

/** "83 %", or a dash where nothing came in. */
export function percent(value) {
  return value === null || value === undefined ? none : `${Math.round(value * 100)} %`;
}

/** "4:05", or a dash. */
export function wait(seconds) {
  return seconds === null || seconds === undefined ? none : clock(seconds);
}

/** One row per queue, team or place. */
export function showLines(body, lines) {
  reconcile(body, lines, (line) => line.name, () => row(15), (element, line) => {
    write(element, [
      line.name, line.waiting, wait(line.waiting ? line.longestWaitSeconds : null), percent(line.serviceLevel?.offered),
      line.offered, line.answered, line.answeredInTarget, line.abandoned, wait(line.averageSpeedOfAnswerSeconds),
      wait(line.handlingTimeSeconds), percent(line.occupancy), line.available, line.busy, line.wrapUp, line.onBreak,
    ]);
    setWords(element.firstElementChild, line.name, line.language);
    element.classList.toggle("has-waiting", line.waiting > 0);
  });
}

/** Advisers by status or by place. */
export function showAdvisers(body, counts) {
  const names = { ...statuses, ...places };
  reconcile(body, Object.entries(counts), ([key]) => key, () => row(2), (element, [key, count]) => write(element, [names[key] ?? key, count]));
}

/** The table beside the chart. */
export function showCurve(body, quarters) {
  reconcile(body, quarters, (quarter) => quarter.start, () => row(6), (element, quarter) => write(element, [
    quarter.start, quarter.offered, quarter.answered, quarter.answeredInTarget, quarter.abandoned,
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
