// Small helpers. Whatever a model or a user wrote becomes text here, never markup.
'use strict';
(() => {
  const SVG = 'http://www.w3.org/2000/svg';

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null && value !== false) {
        node.setAttribute(name, value === true ? '' : value);
      }
    }
    node.append(...children.filter(child => child !== null && child !== undefined));
    return node;
  }

  tramontane.el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
  tramontane.svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  tramontane.by = id => document.getElementById(id);
  /** A colour of the page's style sheet, as it is in the present theme. */
  tramontane.colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  tramontane.table = (head, rows) => tramontane.el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    tramontane.el('table', {},
      tramontane.el('thead', {}, tramontane.el('tr', {}, ...head.map(name => tramontane.el('th', { scope: 'col' }, name)))),
      tramontane.el('tbody', {}, ...rows.map(row => tramontane.el('tr', {}, ...row.map((cell, column) =>
        column === 0 ? tramontane.el('th', { scope: 'row' }, cell) : tramontane.el('td', {}, cell)))))));
})();
