/** Stacked bars of what came in: answered in time, answered late, abandoned. Colours come from the style sheet. */

const charts = new Map();

/** Draws or redraws the bars in `frame`, which holds a canvas; `periods` are {label, answered, answeredInTarget, abandoned}. */
export function drawBars(frame, periods) {
  if (!window.Chart) return;
  frame.hidden = false;
  const values = [
    ["In time", "--chart-good", periods.map((period) => period.answeredInTarget)],
    ["Answered late", "--chart-late", periods.map((period) => period.answered - period.answeredInTarget)],
    ["Abandoned", "--chart-lost", periods.map((period) => period.abandoned)],
  ];
  let chart = charts.get(frame);
  if (!chart) {
    chart = new window.Chart(frame.querySelector("canvas"), { type: "bar", data: { labels: [], datasets: [] }, options: options() });
    charts.set(frame, chart);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      // A chart keeps the colours its bars were made with: a new one is made.
      const { data } = chart;
      chart.destroy();
      for (const set of data.datasets) Object.assign(set, { backgroundColor: colour(set.name), borderColor: colour("--surface") });
      chart = new window.Chart(frame.querySelector("canvas"), { type: "bar", data, options: options() });
      charts.set(frame, chart);
    });
  }
  chart.data.labels = periods.map((period) => period.label);
  values.forEach(([label, name, data], index) => {
    const set = (chart.data.datasets[index] ??= {});
    Object.assign(set, { label, name, data, backgroundColor: colour(name), borderColor: colour("--surface"), borderWidth: { top: 1 }, barPercentage: 0.95, categoryPercentage: 0.95 });
  });
  chart.update("none");
}

function options() {
  const text = { color: colour("--ink"), font: { family: getComputedStyle(document.body).fontFamily, size: 14 } };
  return {
    animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: "index", intersect: false },
    plugins: { legend: { position: "bottom", labels: { ...text, boxWidth: 18 } } },
    scales: {
      x: { stacked: true, grid: { display: false }, ticks: { ...text, autoSkip: true, maxRotation: 0 } },
      y: { stacked: true, beginAtZero: true, grid: { color: colour("--line") }, ticks: { ...text, precision: 0 } },
    },
  };
}

function colour(name) {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}
