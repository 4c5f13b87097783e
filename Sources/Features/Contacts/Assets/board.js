/** The board: follows its stream and writes what has changed, at most once a second. */
import { byId, setText } from "../web/dom.js";
import { follow } from "../web/live.js";
import { setClock, timeOfDay } from "../web/time.js";
import { keep, kept } from "../web/keeping.js";
import { drawBars } from "./bars.js";
import { count, isLate, percent, showAdvisers, showCurve, showHelp, showLines, wait } from "./board-lines.js";
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
    waiting: count(total.waiting), longestWait: wait(total.longestWaitSeconds), available: count(total.available),
    offered: count(total.offered), answered: count(total.answered), abandoned: count(total.abandoned),
  };
  for (const [name, value] of Object.entries(figures)) setText(document.querySelector(`[data-figure="${name}"]`), value);
  for (const tile of document.querySelectorAll("[data-tile]")) tile.classList.toggle("is-late", isLate(total, board.target));
  showLines(byId("lines-queues"), board.queues, board.target);
  showLines(byId("lines-total"), [total], board.target);
  showLines(byId("lines-teams"), board.teams, board.target);
  showFound();
  showLines(byId("lines-places"), board.places, board.target);
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

/** A body has hundreds of teams: shows those whose name has what is looked for. */
function showFound() {
  const words = byId("teams-words").value.trim().toLowerCase();
  const rows = [...byId("lines-teams").children];
  for (const row of rows) row.hidden = !row.firstElementChild.textContent.toLowerCase().includes(words);
  byId("teams-find").hidden = rows.length < 10 && !words;
  setText(byId("teams-found"), words ? `${rows.filter((row) => !row.hidden).length} of ${rows.length}` : "");
}

function showLine(state, why) {
  const line = byId("board-line");
  const isDown = state === "dropped" || state === "refused";
  line.classList.toggle("is-bad", state === "refused");
  document.body.classList.toggle("is-stale", isDown);
  if (!isDown) return setText(line, "");
  setText(line, state === "refused" ? why.detail : `Line dropped; trying again. ${heardAt ? `These figures are of ${timeOfDay(heardAt)}.` : ""}`);
}

byId("teams-words").value = kept("board-teams") ?? "";
byId("teams-words").addEventListener("input", () => {
  keep("board-teams", byId("teams-words").value || null);
  showFound();
});
showFound();

const wall = byId("board-wall");
wall.hidden = !document.fullscreenEnabled;
wall.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
document.addEventListener("fullscreenchange", () => {
  document.body.classList.toggle("is-wall", Boolean(document.fullscreenElement));
  setText(wall, document.fullscreenElement ? "Leave full screen" : "Full screen");
});

startTicking();
follow("/api/v1/board/live", { on: { board: show }, onState: showLine });
