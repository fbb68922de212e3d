// A line chart as all pages have it: each value thin, its moving average bold, what it is compared with dashed.
'use strict';
(() => {
  const { el, colour, tick } = tramontane;

  /** What both axes of a chart share. */
  tramontane.axis = () => ({ stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false }, font: '11px system-ui, sans-serif' });

  /** The frame of a chart: its title, what it shows in words and in a table, and the place where it is drawn. */
  tramontane.frame = ({ title, note, meaning }) => {
    const box = el('div', { class: 'plot', role: 'img' });
    const output = el('output', {}, '–');
    const tableBox = el('div');
    const details = el('details', { class: 'table-behind' }, el('summary', {}, 'Table'), tableBox);
    const figure = el('figure', { class: 'chart card' },
      el('figcaption', {}, el('b', {}, title), el('span', { class: 'note', title: meaning || note }, note), output),
      box, details);
    return { figure, box, output, details, tableBox };
  };

  function faint(colourText) {
    const scratch = document.createElement('canvas').getContext('2d');
    scratch.fillStyle = colourText;
    return scratch.fillStyle + '55';
  }

  function drawMarks(plot, marks) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = colour('--bad');
    ctx.lineWidth = devicePixelRatio;
    ctx.globalAlpha = 0.6;
    ctx.setLineDash([4, 4]);
    for (const mark of marks) {
      const x = Math.round(plot.valToPos(mark, 'x', true)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  /**
   * Draws into a box.
   *
   * @param {HTMLElement} box
   * @param {(number | null)[][]} data where the values are, the values, their averages, and what they are compared with, if anything
   * @param {{ show: (index: number | null | undefined) => void, cursor?: object, marks?: number[], spanGaps?: boolean }} options
   *     what is called with the place of the value under the pointer, settings of the cursor, where something happened, whether
   *     lines go on where a value is missing
   */
  tramontane.plot = (box, data, { show, cursor = {}, marks = [], spanGaps = false }) => {
    const line = colour('--accent');
    const axis = tramontane.axis();
    const hidden = { show: false };
    return new uPlot({
      width: Math.max(200, box.clientWidth), height: 150, padding: [8, 14, 0, 0],
      legend: { show: false }, scales: { x: { time: false } },
      cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false }, ...cursor },
      series: [{}, { stroke: faint(line), width: 1, points: hidden, spanGaps }, { stroke: line, width: 2, points: hidden, spanGaps },
        ...(data.length > 3 ? [{ stroke: colour('--muted'), width: 1.5, dash: [5, 3], points: hidden, spanGaps }] : [])],
      axes: [{ ...axis, size: 24 }, { ...axis, size: 50, values: (_, ticks) => ticks.map(tick) }],
      hooks: { setCursor: [plot => show(plot.cursor.idx)], draw: [plot => drawMarks(plot, marks)] }
    }, /** @type {uPlot.AlignedData} */ (data), box);
  };
})();
