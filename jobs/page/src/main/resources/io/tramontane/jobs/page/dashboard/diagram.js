// The loop as a diagram: what goes through each part, what waits, and which part holds the others up.
'use strict';
(() => {
  const { el, svg, by, number, percent, table } = tramontane;
  const WIDTH = 148;
  const HEIGHT = 84;
  const STEP = 172;
  const ROWS = [26, 168];

  // The parts of the loop as the server names them, and where each stands.
  let nodes = [];
  const place = new Map();
  const parts = new Map();
  let columns = 0;

  // There from left to right, back from right to left; what goes back to a part of the upper row stands below it.
  function layOut(known) {
    nodes = known;
    const there = known.filter(part => !part.wayBack);
    columns = there.length;
    there.forEach((part, column) => place.set(part.id, { column, row: 0 }));
    let free = columns - 1;
    for (const part of known.filter(({ wayBack }) => wayBack)) {
      const above = place.get(part.next);
      place.set(part.id, { column: above?.row === 0 ? above.column : free--, row: 1 });
    }
    place.forEach(spot => Object.assign(spot, { x: 6 + spot.column * STEP, y: ROWS[spot.row] }));
  }

  function edge({ id, next }) {
    const a = place.get(id);
    const b = place.get(next);
    const path = a.row === b.row
      ? a.column < b.column
        ? `M${a.x + WIDTH} ${a.y + HEIGHT / 2}H${b.x - 5}`
        : `M${a.x} ${a.y + HEIGHT / 2}H${b.x + WIDTH + 5}`
      : a.row === 0
        ? `M${a.x + WIDTH / 2} ${a.y + HEIGHT}V${b.y - 5}`
        : `M${a.x + WIDTH / 2} ${a.y}V${b.y + HEIGHT + 5}`;
    return svg('path', { class: 'edge', d: path, 'marker-end': 'url(#arrow)' });
  }

  function node({ id, title, topic }) {
    const { x, y } = place.get(id);
    const kind = topic ? 'topic' : 'part';
    const texts = {
      label: svg('text', { class: 'label', x: WIDTH / 2, y: -8, 'text-anchor': 'middle' }),
      rate: svg('text', { class: 'figure', x: 12, y: 41 }),
      queue: svg('text', { class: 'figure', x: 12, y: 58 })
    };
    const bar = {
      track: svg('rect', { class: 'track', x: 12, y: 69, width: WIDTH - 24, height: 5, rx: 2.5 }),
      busy: svg('rect', { class: 'busy', x: 12, y: 69, width: 0, height: 5 }),
      pressed: svg('rect', { class: 'pressed', x: 12, y: 69, width: 0, height: 5 })
    };
    const group = svg('g', { class: 'node ' + kind, transform: `translate(${x} ${y})`, 'data-part': id },
      svg('rect', { class: 'box', width: WIDTH, height: HEIGHT, rx: 9 }),
      svg('text', { class: 'title', x: 12, y: 22 }, title),
      texts.rate, texts.queue, bar.track, bar.busy, bar.pressed, texts.label);
    parts.set(id, { group, texts, bar, title, kind });
    return group;
  }

  function draw() {
    const height = ROWS[1] + HEIGHT + 46;
    const bottom = ROWS[1] + HEIGHT;
    const trainer = place.get('trainer').x + WIDTH / 2;
    const scheduler = place.get('scheduler').x + WIDTH / 2;
    const drawing = svg('svg', { viewBox: `0 0 ${(columns - 1) * STEP + WIDTH + 12} ${height}`, role: 'img', 'aria-labelledby': 'diagram-name' },
      svg('title', { id: 'diagram-name' }, 'The loop from prompts over generators, scoring and the trainer back to the generators; its figures stand in the table below'),
      svg('defs', {}, svg('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
        svg('path', { class: 'arrow', d: 'M0 0 8 4 0 8z' }))),
      ...nodes.map(edge),
      svg('path', { class: 'edge back', d: `M${trainer} ${bottom}v20H${scheduler}v-15`, 'marker-end': 'url(#arrow)' }),
      svg('text', { class: 'edge-label', x: (trainer + scheduler) / 2, y: bottom + 36, 'text-anchor': 'middle' }, 'outcomes: how each group ended'),
      ...nodes.map(node));
    by('diagram').replaceChildren(drawing, el('div', { class: 'key' },
      el('span', {}, el('i', { class: 'busy' }), 'busy'),
      el('span', {}, el('i', { class: 'pressed' }), 'waits for the part behind it'),
      el('span', {}, el('i', { class: 'topic' }), 'topic in Kafka')));
  }

  const LABELS = { STUCK: 'BOTTLENECK', WASTE: 'BOTTLENECK', SLOW: 'BOTTLENECK', SLOWEST: 'SLOWEST', FINE: '' };

  function update(pipeline) {
    if (parts.size === 0) draw();
    const finding = pipeline.findings[0];
    const views = new Map(pipeline.parts.map(view => [view.id, view]));
    for (const [id, { group, texts, bar, kind }] of parts) {
      const view = views.get(id) ?? { rate: null, queue: null, busy: null, backpressured: null };
      texts.rate.textContent = view.rate === null ? '' : `${number(view.rate, view.rate < 10 ? 1 : 0)} ${view.rateUnit}`;
      texts.queue.textContent = view.queue === null ? '' : `${number(view.queue, 0)} ${view.queueUnit}`;
      const room = WIDTH - 24;
      const known = view.busy !== null;
      const pressed = Math.max(0, Math.min(1, view.backpressured ?? 0));
      const busy = Math.max(0, Math.min(1 - pressed, view.busy ?? 0));
      for (const { name, from, share } of [{ name: 'busy', from: 0, share: busy }, { name: 'pressed', from: busy, share: pressed }]) {
        bar[name].setAttribute('x', 12 + room * from);
        bar[name].setAttribute('width', room * share);
      }
      bar.track.setAttribute('visibility', known && kind === 'part' ? 'visible' : 'hidden');
      const label = finding?.part === id ? LABELS[finding.severity] : '';
      group.classList.toggle('bottleneck', label === 'BOTTLENECK');
      group.classList.toggle('pace', label === 'SLOWEST');
      texts.label.textContent = label;
    }
    by('diagram-table').replaceChildren(table(['Part', 'Rate', 'Queue', 'Busy', 'Backpressured'],
      [...parts].map(([id, { title }]) => [id, title, views.get(id)]).filter(([, , view]) => view).map(([, title, view]) => [
        title,
        view.rate === null ? '–' : `${number(view.rate, 1)} ${view.rateUnit}`,
        view.queue === null ? '–' : `${number(view.queue, 0)} ${view.queueUnit}`,
        percent(view.busy), percent(view.backpressured)])));
  }

  const KINDS = { STUCK: 'Stuck', WASTE: 'Wasteful', SLOW: 'Slow', SLOWEST: 'Going well', FINE: 'Fine' };

  function sentence(text) { return text.charAt(0).toUpperCase() + text.slice(1) + '.'; }

  let announced = '';

  function tell(findings) {
    const [finding, ...others] = findings;
    const box = by('finding-body');
    if (finding === undefined) {
      box.replaceChildren();
      return;
    }
    box.replaceChildren(el('div', { class: 'cause', 'data-severity': finding.severity, 'data-cause': finding.cause },
      el('p', { class: 'sentence' }, el('span', { class: 'kind' }, KINDS[finding.severity]), sentence(finding.sentence)),
      finding.advice === '' ? null : el('p', { class: 'advice' }, finding.advice),
      el('p', { class: 'advice' }, 'Shown by ', el('code', {}, finding.metric)),
      others.length === 0 ? null : el('ul', {}, ...others.map(other => el('li', {}, sentence(other.sentence))))));
    // Only a new cause is read aloud; its figures change every second.
    if (announced !== finding.cause) {
      announced = finding.cause;
      by('announcement').textContent = `${KINDS[finding.severity]}: ${sentence(finding.sentence)}`;
    }
  }

  tramontane.diagram = {
    /** What parts there are, before the first news of them. */
    know(known) { layOut(known); },

    update(pipeline) {
      update(pipeline);
      tell(pipeline.findings);
    }
  };
})();
