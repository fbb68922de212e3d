// The curves: one small chart a figure, drawn by uPlot, with a table behind each.
'use strict';
(() => {
  const { el, by, number, average, table, frame, plot } = tramontane;
  const TABLE_ROWS = 50;

  // Sections of figures, as the server names and shows them.
  let known = [];
  const steps = [];
  const at = [];
  const series = {};
  const charts = new Map();
  const sync = uPlot.sync('steps');

  class Chart {
    constructor({ name, title, note, meaning, factor, decimals }) {
      this.name = name;
      this.title = title;
      this.factor = factor;
      this.decimals = decimals;
      const { figure, box, output, details, tableBox } = frame({ title, note, meaning });
      this.figure = figure;
      this.plotBox = box;
      this.output = output;
      this.tableBox = tableBox;
      details.addEventListener('toggle', () => this.fillTable(details.open));
      this.open = () => details.open;
    }

    data() {
      const raw = series[this.name].map(value => value === null ? null : value * this.factor);
      return [steps, raw, average(raw)];
    }

    draw() {
      const data = this.data();
      if (!this.plot) {
        this.plot = plot(this.plotBox, data, { show: index => this.show(index), cursor: { sync: { key: sync.key } } });
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
