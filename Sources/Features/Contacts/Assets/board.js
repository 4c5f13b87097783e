/** The board: follows its stream and writes what has changed, at most once a second. */
import { byId, setText } from "../web/dom.js";
import { follow } from "../web/live.js";
import { setClock, timeOfDay } from "../web/time.js";
import { drawBars } from "./bars.js";
import { percent, showAdvisers, showCurve, showHelp, showLines, wait } from "./board-lines.js";
import { startTicking } from "./ticker.js";

const seconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
let curve = "";
let heardAt = "";

function show(board) {
  setClock(board.at);
  heardAt = board.at;
  setText(byId("board-at"), `At ${seconds.format(new Date(board.at))}`);
  const { total, headline } = board;
  setText(byId("level-value"), percent(headline.value));
  setText(byId("level-name"), headline.name);
  const figures = {
    waiting: total.waiting, longestWait: wait(total.longestWaitSeconds), available: total.available,
    offered: total.offered, answered: total.answered, abandoned: total.abandoned,
  };
  for (const [name, value] of Object.entries(figures)) setText(document.querySelector(`[data-figure="${name}"]`), String(value));
  showLines(byId("lines-queues"), board.queues);
  showLines(byId("lines-total"), [total]);
  showLines(byId("lines-teams"), board.teams);
  showLines(byId("lines-places"), board.places);
  showAdvisers(byId("by-status"), board.advisers.byStatus);
  showAdvisers(byId("by-place"), board.advisers.byPlace);
  showHelp(byId("board-help"), byId("help-list"), board.help);
  for (const [name, value] of Object.entries(total.serviceLevel)) setText(document.querySelector(`[data-formula="${name}"]`), percent(value));
  const now = JSON.stringify(board.curve);
  if (now === curve) return;
  curve = now;
  showCurve(byId("curve-lines"), board.curve);
  drawBars(byId("board-chart"), board.curve.map((quarter) => ({ label: quarter.start, ...quarter })));
}

function showLine(state, why) {
  const line = byId("board-line");
  const isDown = state === "dropped" || state === "refused";
  line.hidden = !isDown;
  line.classList.toggle("is-bad", state === "refused");
  document.body.classList.toggle("is-stale", isDown);
  if (!isDown) return setText(line, "");
  setText(line, state === "refused" ? why.detail : `Line dropped; trying again. ${heardAt ? `These figures are of ${timeOfDay(heardAt)}.` : ""}`);
}

const wall = byId("board-wall");
wall.hidden = !document.fullscreenEnabled;
wall.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
document.addEventListener("fullscreenchange", () => {
  document.body.classList.toggle("is-wall", Boolean(document.fullscreenElement));
  setText(wall, document.fullscreenElement ? "Leave the whole screen" : "Fill the screen");
});

startTicking();
follow("/api/v1/board/live", { on: { board: show }, onState: showLine });
