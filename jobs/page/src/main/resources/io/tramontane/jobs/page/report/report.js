// Shows the value of the step under the pointer in place of the chart's last value.
for (const svg of document.querySelectorAll('svg[data-points]')) {
  const points = svg.dataset.points.split(';').map(point => {
    const [x, y, label] = point.split(',');
    return { x: Number(x), y: Number(y), label };
  });
  const output = svg.parentElement.querySelector('output');
  const last = output.textContent;
  const line = svg.querySelector('line.cursor');
  const dot = svg.querySelector('circle.cursor');
  svg.addEventListener('pointermove', event => {
    const x = (event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth * svg.viewBox.baseVal.width;
    const nearest = points.reduce((a, b) => Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a);
    line.setAttribute('x1', nearest.x);
    line.setAttribute('x2', nearest.x);
    dot.setAttribute('cx', nearest.x);
    dot.setAttribute('cy', nearest.y);
    line.style.visibility = dot.style.visibility = 'visible';
    output.textContent = nearest.label;
  });
  svg.addEventListener('pointerleave', () => {
    line.style.visibility = dot.style.visibility = 'hidden';
    output.textContent = last;
  });
}
