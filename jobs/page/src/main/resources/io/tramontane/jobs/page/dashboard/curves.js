// The curves: one small chart a figure, drawn by uPlot, with a table behind each.
'use strict';
(() => {
  const { el, by, number, table, colour } = tramontane;
  const AVERAGED = 9;
  const TABLE_ROWS = 50;

  // Sections of figures, as the server names and shows them.
  let known = [];
  const steps = [];
  const at = [];
  const series = {};
  const charts = new Map();
  const sync = uPlot.sync('steps');

  function average(values) {
    const half = Math.floor(AVERAGED / 2);
    return values.map((value, index) => {
      if (value === null) return null;
      let sum = 0;
      let count = 0;
      for (let other = Math.max(0, index - half); other <= Math.min(values.length - 1, index + half); other++) {
        if (values[other] !== null) { sum += values[other]; count++; }
      }
      return sum / count;
    });
  }

  function faint(colourText) {
    const scratch = document.createElement('canvas').getContext('2d');
    scratch.fillStyle = colourText;
    return scratch.fillStyle + '55';
  }

  class Chart {
    constructor({ name, title, note, meaning, factor, decimals }) {
      Object.assign(this, { name, title, factor, decimals });
      this.plotBox = el('div', { class: 'plot', role: 'img' });
      this.output = el('output', {}, '–');
      this.tableBox = el('div');
      const details = el('details', { class: 'table-behind' }, el('summary', {}, 'Table'), this.tableBox);
      details.addEventListener('toggle', () => this.fillTable(details.open));
      this.open = () => details.open;
      this.figure = el('figure', { class: 'chart card' },
        el('figcaption', {}, el('b', {}, title), el('span', { class: 'note', title: meaning || note }, note), this.output),
        this.plotBox, details);
    }

    data() {
      const raw = series[this.name].map(value => value === null ? null : value * this.factor);
      return [steps, raw, average(raw)];
    }

    draw() {
      const data = this.data();
      if (!this.plot) {
        const line = colour('--accent');
        const axis = tramontane.axis();
        this.plot = new uPlot({
          width: Math.max(200, this.plotBox.clientWidth), height: 150, padding: [8, 14, 0, 0],
          legend: { show: false }, scales: { x: { time: false } },
          cursor: { sync: { key: sync.key }, y: false, points: { size: 7 }, drag: { x: true, y: false } },
          series: [{}, { stroke: faint(line), width: 1, points: { show: false } }, { stroke: line, width: 2, points: { show: false } }],
          axes: [{ ...axis, size: 24 }, { ...axis, size: 50, values: (plot, ticks) => ticks.map(tick => shortTick(tick)) }],
          hooks: { setCursor: [plot => this.show(plot.cursor.idx)] }
        }, data, this.plotBox);
      } else {
        this.plot.setData(data, true);
      }
      this.show(null);
      this.plotBox.setAttribute('aria-label', `${this.title} over ${steps.length} steps, from `
        + `${number(first(data[2]), this.decimals)} to ${number(last(data[2]), this.decimals)}`);
      if (this.open()) this.fillTable(true);
    }

    show(index) {
      const raw = series[this.name];
      if (index === null || index === undefined || raw[index] === undefined) {
        this.output.textContent = number(last(this.data()[2]), this.decimals);
      } else {
        this.output.textContent = `step ${steps[index]}: ${number(raw[index] * this.factor, this.decimals)}`;
      }
    }

    fillTable(open) {
      if (!open) return;
      const every = Math.max(1, Math.ceil(steps.length / TABLE_ROWS));
      const rows = [];
      for (let index = steps.length - 1; index >= 0; index -= every) {
        rows.push([String(steps[index]), number(series[this.name][index] === null ? null : series[this.name][index] * this.factor, this.decimals)]);
      }
      this.tableBox.replaceChildren(table(['Step', this.title], rows));
    }

    forget() {
      if (this.plot) this.plot.destroy();
      this.plot = null;
    }
  }

  function shortTick(value) {
    if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(0);
    return Math.abs(value) >= 10000 ? value / 1000 + 'k' : String(Number(value.toPrecision(6)));
  }

  function first(values) { return values.find(value => value !== null); }
  function last(values) { return values.findLast(value => value !== null); }

  function add(news) {
    if (news.steps.length === 0) return false;
    const before = steps.length;
    steps.push(...news.steps);
    at.push(...news.at);
    for (const name of Object.keys(news.series)) {
      series[name] ??= new Array(before).fill(null);
    }
    for (const name of Object.keys(series)) {
      series[name].push(...(news.series[name] ?? new Array(news.steps.length).fill(null)));
    }
    return true;
  }

  /** Figures that this page knows nothing about are shown under their own names. */
  function sections() {
    const named = new Set(known.flatMap(({ figures }) => figures.map(({ name }) => name)));
    const rest = Object.keys(series).filter(name => !named.has(name)).sort();
    const other = rest.map(name => ({ name, title: name, note: '', factor: 1 }));
    return other.length === 0 ? known : [...known, { title: 'Further figures', figures: other }];
  }

  function layOut() {
    for (const { title, figures } of sections()) {
      const present = figures.filter(({ name }) => series[name]?.some(value => value !== null));
      if (present.length === 0) continue;
      const id = 'curves-' + title.toLowerCase().replace(/[^a-z]+/g, '-');
      let grid = by(id);
      if (!grid) {
        grid = el('div', { class: 'charts', id });
        by('curves').append(el('h3', {}, title), grid);
      }
      for (const figure of present) {
        if (!charts.has(figure.name)) {
          const chart = new Chart(figure);
          charts.set(figure.name, chart);
          grid.append(chart.figure);
        }
      }
    }
  }

  const visible = new Set();
  const watcher = new IntersectionObserver(entries => entries.forEach(entry => {
    const chart = [...charts.values()].find(candidate => candidate.figure === entry.target);
    if (entry.isIntersecting) { visible.add(chart); chart.draw(); } else { visible.delete(chart); }
  }), { rootMargin: '200px' });

  tramontane.curves = {
    steps, at, series,

    /** What figures there are, before the first of them comes. */
    know(figures) { known = figures; },

    /** Adds steps and draws what is in view; the rest is drawn when it comes into view. */
    update(news) {
      if (!add(news)) return;
      by('no-steps').hidden = true;
      const drawn = charts.size;
      layOut();
      if (charts.size > drawn) [...charts.values()].slice(drawn).forEach(chart => watcher.observe(chart.figure));
      charts.forEach(chart => visible.has(chart) ? chart.draw() : chart.show(null));
    },

    /** Draws everything again, in other colours or another width. */
    redraw() {
      charts.forEach(chart => chart.forget());
      visible.forEach(chart => chart.draw());
    }
  };

  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth !== width) { width = window.innerWidth; tramontane.curves.redraw(); }
  });
})();
