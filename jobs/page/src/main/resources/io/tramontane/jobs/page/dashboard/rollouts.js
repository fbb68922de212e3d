// The rollout viewer: groups by step, text and mark; a group's completions with reward, reasons and weight versions.
'use strict';
(() => {
  const { el, by, number, signed, source } = tramontane;
  const MARKS = [
    ['RIGHT', 'right', 'good'], ['WRONG', 'wrong', 'bad'], ['CRASHED', 'crashed verifier', 'bad'],
    ['TIMEOUT', 'timed out', 'warn'], ['UNGRADABLE', 'ungradable', 'warn'], ['BAD_FORMAT', 'bad format', 'warn'],
    ['WRONG_LANGUAGE', 'wrong language', 'warn'], ['TRUNCATED', 'truncated', 'warn'],
    ['SEVERAL_VERSIONS', 'several versions', '']];
  const FATES = { TRAINABLE: 'for training', ZERO_VARIANCE: 'zero variance', STALE: 'stale', INCOMPLETE: 'incomplete' };
  const VERDICTS = { CORRECT: 'good', WRONG: 'bad', CRASHED: 'bad', TIMEOUT: 'warn', UNGRADABLE: 'warn' };
  const COLOURS = 6;
  const TYPING_MILLIS = 200;
  /** A search that finds little is carried on by itself for so long at most. */
  const SEARCH_ROUNDS = 200;

  const chips = new Map();
  let next = null;
  let asked = 0;
  let chosen = null;
  let indexed = -1;

  function query(before) {
    return {
      marks: [...chips].filter(([, chip]) => chip.box.checked).map(([mark]) => mark),
      text: by('text').value.trim(), step: by('step').value, language: by('language').value, before
    };
  }

  function unfiltered({ marks, text, step, language }) {
    return marks.length === 0 && text === '' && step === '' && language === '';
  }

  async function load(before) {
    const round = ++asked;
    const wanted = query(before);
    if (before === null) by('groups').replaceChildren();
    let searched = 0;
    for (let tries = 0; tries < SEARCH_ROUNDS; tries++) {
      let page;
      try {
        page = await source.groups(wanted);
      } catch (failure) {
        if (round === asked) by('list-state').textContent = failure.message;
        return;
      }
      if (round !== asked) return;
      by('groups').append(...page.rows.map(row));
      searched += page.searched;
      next = page.next;
      tell(page, wanted, searched);
      const shown = by('groups').children.length;
      if (wanted.text === '' || next === null || shown >= 25 && before === null || page.rows.length >= 25) break;
      wanted.before = next;
    }
    by('more').hidden = next === null;
    if (chosen === null && by('groups').firstElementChild && before === null) choose(by('groups').firstElementChild.firstChild, false);
  }

  function tell(page, wanted, searched) {
    const shown = by('groups').children.length;
    by('list-state').textContent = wanted.text === ''
      ? `${number(page.completions, 0)} completions in ${number(page.groups, 0)} groups`
      : `${number(shown, 0)} groups found in ${number(searched, 0)} of ${number(page.groups, 0)} searched`
        + (page.next !== null && shown < 25 ? ', searching …' : '');
  }

  function row(group) {
    const facts = [group.step > 0 ? `step ${group.step}` : FATES[group.fate] ?? group.fate, group.language,
      `${group.right}/${group.size} right`];
    if (group.matching < group.size) facts.push(`${group.matching} match`);
    const button = el('button', { type: 'button', 'data-number': group.number },
      el('span', { class: 'name', title: group.groupId }, group.groupId.split('/').slice(1).join('/') || group.groupId),
      el('span', { class: 'reward', title: 'mean reward' }, number(group.rewardMean, 2)),
      el('small', {}, facts.filter(fact => fact !== '').join(' · ')));
    button.addEventListener('click', () => choose(button, true));
    button.row = group;
    return el('li', {}, button);
  }

  async function choose(button, moveFocus) {
    document.querySelectorAll('#groups button[aria-current]').forEach(other => other.removeAttribute('aria-current'));
    button.setAttribute('aria-current', 'true');
    chosen = button.row.groupId;
    try {
      const group = await source.group(button.row);
      if (chosen === button.row.groupId) show(group);
    } catch (failure) {
      by('group').replaceChildren(el('p', { class: 'muted empty' }, failure.message));
    }
    if (moveFocus) button.scrollIntoView({ block: 'nearest' });
  }

  function show(group) {
    const wanted = query(null);
    const matches = sample => wanted.marks.every(mark => sample.marks.includes(mark))
      && (wanted.text === '' || sample.text.toLowerCase().includes(wanted.text.toLowerCase()));
    const samples = [...group.completions];
    if (!unfiltered(wanted)) samples.sort((a, b) => matches(b) - matches(a) || a.sample - b.sample);
    const strongest = Math.max(...samples.map(sample => Math.abs(sample.advantage)), 1e-9);
    const facts = [group.step > 0 ? `trained in step ${group.step}` : FATES[group.fate] ?? group.fate,
      group.language, `${group.completions.length} of ${group.groupSize} completions`,
      `reward ${number(group.rewardMean, 2)} ± ${number(group.rewardStd, 2)}`];
    by('group').replaceChildren(
      el('header', { class: 'card' },
        el('h3', {}, group.groupId),
        el('p', { class: 'problem' }, marked(group.problem, wanted.text)),
        el('p', { class: 'facts' }, el('span', {}, 'reference ', el('code', {}, shortened(group.reference))),
          ...facts.filter(fact => fact !== '').map(fact => el('span', {}, fact)))),
      ...samples.map(sample => article(sample, strongest, wanted, group.spansExact)));
  }

  function shortened(text) { return text.length > 120 ? text.slice(0, 120) + '…' : text; }

  function article(sample, strongest, wanted, exact) {
    const advantage = sample.advantage;
    const box = el('article', { class: 'sample card', 'aria-label': `Completion ${sample.sample}` });
    box.style.setProperty('--tone', advantage < 0 ? 'var(--minus)' : 'var(--plus)');
    box.style.setProperty('--strength', (Math.abs(advantage) / strongest).toFixed(3));
    const badges = MARKS.filter(([mark]) => sample.marks.includes(mark) && mark !== 'SEVERAL_VERSIONS')
      .map(([, title, tone]) => el('span', { class: 'badge ' + tone }, title));
    const versions = new Map();
    sample.spans.forEach(span => {
      const key = span.incarnation + '/' + span.version;
      if (!versions.has(key)) versions.set(key, { ...span, colour: versions.size % COLOURS, tokens: 0 });
      versions.get(key).tokens += span.tokens;
    });
    box.append(
      el('div', { class: 'bar' },
        el('h4', {}, '#' + sample.sample),
        el('span', { class: 'advantage' }, 'advantage ' + signed(advantage)),
        el('span', {}, 'reward ', el('b', {}, number(sample.reward, 2))),
        ...badges,
        el('span', { class: 'muted' }, `${number(sample.tokens, 0)} tokens · ${sample.finishReason === 'LENGTH' ? 'cut off' : 'ended by itself'}`
          + (sample.seconds > 0 ? ` · ${number(sample.seconds, 1)} s` : ''))),
      el('div', { class: 'body' }, el('div', {}, el('pre', { tabindex: 0 }, ...text(sample, versions, wanted.text)),
      versions.size === 0 ? null : el('div', { class: 'versions' },
        ...[...versions.values()].map(span => el('span', {}, el('i', { class: 'v' + span.colour }),
          `weights ${span.version} (${number(span.tokens, 0)} tokens)`)),
        exact || versions.size < 2 ? null : el('span', {}, 'boundaries about right'))),
      components(sample)));
    return box;
  }

  function text(sample, versions, search) {
    if (sample.spans.length === 0) return [marked(sample.text, search)];
    return sample.spans.map(span => {
      const version = versions.get(span.incarnation + '/' + span.version);
      return el('span', { class: 'v' + version.colour, title: `weights ${span.version}, ${span.tokens} tokens` },
        marked(sample.text.slice(span.from, span.to), search));
    });
  }

  /** The text with what was searched for marked. */
  function marked(text, search) {
    const pieces = document.createDocumentFragment();
    const lower = text.toLowerCase();
    const wanted = search.toLowerCase();
    let from = 0;
    // Lower case may have another length; then nothing is marked.
    while (wanted !== '' && lower.length === text.length) {
      const at = lower.indexOf(wanted, from);
      if (at < 0) break;
      pieces.append(text.slice(from, at), el('mark', {}, text.slice(at, at + wanted.length)));
      from = at + wanted.length;
    }
    pieces.append(text.slice(from));
    return pieces;
  }

  function components(sample) {
    return el('div', { class: 'parts' }, el('table', {},
      el('thead', {}, el('tr', {}, ...['Reward', 'Value', 'Verdict', 'Why'].map(name => el('th', { scope: 'col', class: name === 'Why' ? 'reason' : null }, name)))),
      el('tbody', {}, ...sample.components.map(part => el('tr', {},
        el('th', { scope: 'row' }, part.name),
        el('td', {}, signed(part.value)),
        el('td', {}, el('span', { class: 'badge ' + (VERDICTS[part.verdict] ?? '') }, part.verdict.toLowerCase())),
        el('td', { class: 'reason' }, part.reason ?? ''))))));
  }

  function arrowKeys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...by('groups').querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const other = buttons[Math.max(0, Math.min(buttons.length - 1, at + step))];
    other.focus();
    choose(other, true);
  }

  function anew() {
    chosen = null;
    load(null);
  }

  for (const [mark, title] of MARKS) {
    const box = el('input', { type: 'checkbox', value: mark });
    const count = el('span', { class: 'count' }, '0');
    box.addEventListener('change', anew);
    by('marks').append(el('label', { class: 'chip' }, box, title, count));
    chips.set(mark, { box, count });
  }
  let typing;
  for (const id of ['text', 'step']) {
    by(id).addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(anew, TYPING_MILLIS); });
  }
  by('language').addEventListener('change', anew);
  by('filters').addEventListener('submit', event => event.preventDefault());
  by('clear').addEventListener('click', () => {
    by('filters').reset();
    anew();
  });
  by('more').addEventListener('click', () => load(next));
  by('groups').addEventListener('keydown', arrowKeys);

  tramontane.rollouts = {
    /** Takes the figures of the index; the list itself changes only while nothing is looked for. */
    update(totals) {
      chips.forEach(({ count }, mark) => { count.textContent = number(totals.marks[mark] ?? 0, 0); });
      by('index-state').textContent = `${number(totals.completions, 0)} in ${number(totals.groups, 0)} finished groups`
        + (totals.upToDate ? '' : ', reading on …') + (source.frozen ? ', sampled' : '');
      const known = new Set([...by('language').options].map(option => option.value));
      totals.languages.filter(name => name !== '' && !known.has(name)).forEach(name => by('language').append(el('option', { value: name }, name)));
      const first = indexed <= 0 && totals.groups > 0;
      indexed = totals.groups;
      if (first) anew();
    }
  };
})();
