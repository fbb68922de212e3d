'use strict';
const { curves } = tramontane;
const { steps, at, series } = curves;
const figure = name => ({ name, title: name.toUpperCase(), note: 'a note', meaning: 'a meaning', factor: 100, decimals: 1 });
const headings = () => [...document.querySelectorAll('#curves h3')].map(heading => heading.textContent);
const values = () => [...document.querySelectorAll('figure output')].map(output => output.textContent);

test('steps are appended, and a figure that comes later has nothing before', () => {
  curves.know([{ title: 'Known', figures: [figure('a'), figure('b')] }]);
  curves.update({ steps: [1, 2], at: [10, 20], series: { a: [0.1, 0.2] } });
  curves.update({ steps: [3], at: [30], series: { b: [0.5], later: [7] } });
  equal([steps, at], [[1, 2, 3], [10, 20, 30]]);
  equal(series, { a: [0.1, 0.2, null], b: [null, null, 0.5], later: [null, null, 7] });
});

test('figures without a description stand under their own names', () => {
  equal(headings(), ['Known', 'Further figures']);
  equal(document.querySelectorAll('#curves-further-figures figure').length, 1);
});

test('a chart shows its last average, in its own unit', () => {
  equal(values(), ['15.0', '50.0', '7']);
});

test('news without steps changes nothing', () => {
  curves.update({ steps: [], at: [], series: {} });
  equal(steps.length, 3);
});
