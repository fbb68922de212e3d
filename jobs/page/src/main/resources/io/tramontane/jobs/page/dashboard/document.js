// A page of texts, tables and charts that are written into it: a comparison, a replay, a soak.
'use strict';
(() => {
  const { el, by, number, average, table, frame, plot } = tramontane;
  const TABLE_ROWS = 50;
  const charts = [];

  /** The values of points at each of these places; null where there is none. */
  function column(places, points) {
    const values = new Map(points);
    return places.map(place => values.get(place) ?? null);
  }

  function averaged(points) {
    const values = average(points.map(([, value]) => value));
    return points.map(([place], index) => [place, values[index]]);
  }

  /** Points as columns that uPlot can draw: places, values, averages, and averages of what they are compared with. */
  function columns(points, reference) {
    const places = [...new Set([...points, ...reference].map(([place]) => place))].sort((a, b) => a - b);
    const drawn = [points, averaged(points)];
    if (reference.length > 0) drawn.push(averaged(reference));
    return [places, ...drawn.map(one => column(places, one))];
  }

  function chart({ title, note, decimals, unit, points, reference, marks }) {
    const { figure, box, output, details, tableBox } = frame({ title, note, meaning: '' });
    const data = columns(points, reference);
    const [places, values, averages] = data;
    const newest = number(averages.findLast(value => value !== null), decimals);
    box.setAttribute('aria-label', `${title} over the ${unit}s, at the end ${newest}`);

    function happened(index) {
      const near = marks.filter(mark => mark.place >= places[index] && mark.place < (places[index + 1] ?? Infinity));
      return near.map(mark => ' · ' + mark.label).join('');
    }

    function show(index) {
      output.textContent = index === null || index === undefined || values[index] === null
        ? newest : `${unit} ${number(places[index], 0)}: ${number(values[index], decimals)}${happened(index)}`;
    }

    details.addEventListener('toggle', () => {
      const every = Math.max(1, Math.ceil(points.length / TABLE_ROWS));
      const rows = points.filter((_, index) => (points.length - 1 - index) % every === 0).reverse();
      tableBox.replaceChildren(table([unit, title], rows.map(([place, value]) => [number(place, 0), number(value, decimals)])));
    });
    let drawn = null;
    charts.push(() => {
      drawn?.destroy();
      drawn = plot(box, data, { show, marks: marks.map(mark => mark.place), spanGaps: true });
      show(null);
    });
    return figure;
  }

  const KINDS = {
    heading: ({ text }) => el('h2', {}, text),
    subheading: ({ text }) => el('h3', {}, text),
    paragraph: ({ text }) => el('p', {}, text),
    preformatted: ({ text }) => el('pre', { class: 'card', tabindex: 0 }, text),
    table: ({ head, rows }) => table(head, rows),
    charts: block => el('div', { class: 'charts' }, ...block.charts.map(chart))
  };

  const { title, blocks } = JSON.parse(by('frozen').textContent);
  by('main').append(el('h1', {}, title), ...blocks.map(block => KINDS[block.kind](block)));
  const draw = () => charts.forEach(one => one());
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  window.addEventListener('resize', draw);
})();
