'use strict';
const part = (id, next, wayBack = false) => ({ id, title: id, topic: false, wayBack, next });
const view = (id, busy = 0, backpressured = 0) => ({ id, rate: 1, rateUnit: 'a second', queue: null, queueUnit: '', busy, backpressured });
const finding = { cause: 'SLOW_TRAINER', severity: 'SLOW', part: 'trainer', sentence: 'the trainer is slow', advice: '', metric: 'm' };
const spot = id => document.querySelector(`[data-part="${id}"]`).getAttribute('transform');

tramontane.diagram.know([part('scheduler', 'generators'), part('generators', 'trainer'), part('trainer', 'weights'),
  part('weights', 'generators', true)]);
tramontane.diagram.update({ flink: true, parts: [view('scheduler', 0.5), view('trainer', 0.9, 0.4)], recent: [], findings: [finding] });

test('parts stand from left to right, and what leads back below where it leads', () => {
  equal(['scheduler', 'generators', 'trainer', 'weights'].map(spot),
    ['translate(6 26)', 'translate(178 26)', 'translate(350 26)', 'translate(178 168)']);
});

test('a part cannot be busy and wait for more than all of its time', () => {
  const width = name => Number(document.querySelector(`[data-part="trainer"] .${name}`).getAttribute('width'));
  equal([width('busy'), width('pressed')].map(value => Math.round(value)), [74, 50]);
});

test('the part that holds the others up is marked, and why is said as a sentence', () => {
  equal([...document.querySelectorAll('.bottleneck')].map(node => node.dataset.part), ['trainer']);
  equal(document.querySelector('.sentence').textContent, 'SlowThe trainer is slow.');
  equal(document.getElementById('announcement').textContent, 'Slow: The trainer is slow.');
});
