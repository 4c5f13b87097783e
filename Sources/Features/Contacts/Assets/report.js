/** The bars above a report's table, drawn from that table. */
import { byId } from "../web/dom.js";
import { drawBars } from "./bars.js";

const table = byId("report-table");
if (table) {
  const periods = [...table.tBodies[0].rows].map((row) => ({
    label: row.cells[0].textContent,
    answered: Number(row.dataset.answered),
    answeredInTarget: Number(row.dataset.inTime),
    abandoned: Number(row.dataset.abandoned),
  }));
  if (periods.length > 1) drawBars(byId("report-chart"), periods);
}
