// Scores on held-out problems: estimates at a few steps, with their confidence intervals as a band.
'use strict';
(() => {
  const { by, number, table, colour, frame } = tramontane;
  const CHARTS = [
    { name: 'passAt1', title: 'pass@1', note: '% of completions, with its confidence interval', factor: 100, decimals: 1, band: true },
    { name: 'languageConsistency', title: 'Language consistency', note: '% of completions', factor: 100, decimals: 1, band: false },
    { name: 'meanTokens', title: 'Length', note: 'tokens of a completion', factor: 1, decimals: 1, band: false }];

  let measures = [];
  const plots = [];

  function column(name, factor) { return measures.map(measure => measure[name] === undefined ? null : measure[name] * factor); }
  function faint(line) { return `color-mix(in srgb, ${line} 22%, transparent)`; }

  function chart({ name, title, note, factor, decimals, band }) {
    const values = column(name, factor);
    const { figure, box, output, tableBox } = frame({ title, note, meaning: '' });
    box.setAttribute('aria-label', `${title} on held-out problems, at ${measures.length} steps`);
    const rows = measures.map((measure, index) => [String(measure.step), number(values[index], decimals)
      + (band ? ` (${number(measure.low * factor, decimals)} – ${number(measure.high * factor, decimals)})` : '')]).reverse();
    output.textContent = number(values.findLast(value => value !== null), decimals);
    tableBox.append(table(['Step', title], rows));
    return { figure, draw: () => {
      const line = colour('--accent');
      const axis = tramontane.axis();
      const edge = { stroke: 'transparent', points: { show: false } };
      plots.push(new uPlot({
        width: Math.max(200, box.clientWidth), height: 150, padding: [8, 14, 0, 0], legend: { show: false },
        scales: { x: { time: false } }, cursor: { y: false, points: { size: 7 } },
        series: [{}, { stroke: line, width: 2, spanGaps: true, points: { show: true, size: 5 } }, ...(band ? [edge, edge] : [])],
        bands: band ? [{ series: [3, 2], fill: faint(line) }] : [],
        axes: [{ ...axis, size: 24 }, { ...axis, size: 50 }]
      }, [measures.map(measure => measure.step), values, ...(band ? [column('low', factor), column('high', factor)] : [])], box));
    } };
  }

  function draw() {
    plots.splice(0).forEach(plot => plot.destroy());
    const charts = CHARTS.filter(({ name }) => measures.some(measure => measure[name] !== undefined)).map(chart);
    by('held-out-charts').replaceChildren(...charts.map(one => one.figure));
    charts.forEach(one => one.draw());
  }

  tramontane.heldOut = {
    /** All measures there are; they are drawn again when there is another one. */
    update(all) {
      if (all === undefined || all.length === measures.length) return;
      measures = all;
      by('held-out').hidden = false;
      draw();
    },
    redraw() { if (measures.length > 0) draw(); }
  };
})();
