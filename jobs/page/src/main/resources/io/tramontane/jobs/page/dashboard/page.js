// Puts the page together: colours, the newest figures, the stream of events.
'use strict';
(() => {
  const { el, by, number, signed, mean, duration, source, curves, heldOut, diagram, rollouts } = tramontane;
  const THEMES = { auto: 'Auto', light: 'Light', dark: 'Dark' };
  const NEWEST = 5;
  const ETA_STEPS = 20;
  let about = { id: '', steps: 0, configuration: '', flink: '' };

  // Storage is not there for every page that is opened from a file.
  function remembered() { try { return localStorage.getItem('theme') ?? 'auto'; } catch { return 'auto'; } }
  function remember(theme) { try { localStorage.setItem('theme', theme); } catch { /* it lasts as long as the page */ } }

  let theme = remembered();
  function paint() {
    if (theme === 'auto') delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = theme;
    by('theme').textContent = THEMES[theme];
    by('theme').setAttribute('aria-label', 'Colours: ' + (theme === 'auto' ? 'as the system' : theme));
    curves.redraw();
    heldOut.redraw();
  }
  by('theme').addEventListener('click', () => {
    const names = Object.keys(THEMES);
    theme = names[(names.indexOf(theme) + 1) % names.length];
    remember(theme);
    paint();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);

  function tile(title, value, note) {
    return el('div', {}, el('dt', {}, title), el('dd', {}, value, el('small', {}, note)));
  }

  function figure(title, name, factor, decimals, unit) {
    const values = curves.series[name];
    if (!values) return tile(title, '–', '');
    const now = mean(values.slice(-NEWEST));
    const start = mean(values.slice(0, NEWEST));
    const change = now === null || start === null ? '' : signed((now - start) * factor, decimals) + ' since the start';
    return tile(title, now === null ? '–' : number(now * factor, decimals) + unit, change);
  }

  function pace() {
    const { steps, at } = curves;
    const made = steps.length === 0 ? 0 : steps[steps.length - 1];
    const from = Math.max(0, steps.length - 1 - ETA_STEPS);
    const seconds = steps.length < 2 ? NaN : (at[at.length - 1] - at[from]) / 1000 / (made - steps[from]);
    const left = about.steps > made ? duration(seconds * (about.steps - made)) : '';
    const note = left !== '' && !source.frozen ? left + ' to go' : Number.isFinite(seconds) ? number(60 / seconds, 1) + ' a minute' : '';
    by('progress').value = about.steps > 0 ? Math.min(1, made / about.steps) : 0;
    return tile('Step', number(made, 0) + (about.steps > 0 ? ' / ' + number(about.steps, 0) : ''), note);
  }

  function tokens() {
    const { at, series } = curves;
    const from = Math.max(0, at.length - 1 - ETA_STEPS);
    const trained = series.trainedTokens?.slice(from + 1).reduce((sum, value) => sum + (value ?? 0), 0);
    const seconds = at.length < 2 ? NaN : (at[at.length - 1] - at[from]) / 1000;
    return tile('Trained tokens', Number.isFinite(trained / seconds) ? number(trained / seconds, 0) : '–', 'a second');
  }

  function tiles() {
    by('tiles').replaceChildren(
      pace(),
      figure('Reward', 'rewardMean', 1, 2, ''),
      figure('Accuracy', 'accuracy', 100, 0, '%'),
      figure('Language', 'languageConsistency', 100, 0, '%'),
      figure('Length', 'lengthMean', 1, 1, ''),
      figure('Off-policy lag', 'lagMean', 1, 1, ''),
      tokens());
  }

  function showResult(summary) {
    const share = value => number(100 * value, 1) + '%';
    const row = (name, score) => [name, share(score.pass1), `${share(score.ciLow)} – ${share(score.ciHigh)}`, share(score.languageConsistency)];
    by('result-body').replaceChildren(
      el('p', {}, `Seed ${summary.seed}, ${number(summary.steps, 0)} steps of reinforcement learning, ${duration(summary.wallSeconds)} in all. `
        + `Measured on held-out problems: ${number(summary.trained.n, 0)} completions each, sampled at temperature ${summary.trained.temperature}.`),
      tramontane.table(['Policy', 'pass@1', 'Confidence interval', 'Language consistency'], [
        row('base', summary.base), row('trained', summary.trained),
        ['gain', signed(100 * (summary.trained.pass1 - summary.base.pass1), 1) + ' points', '',
          signed(100 * (summary.trained.languageConsistency - summary.base.languageConsistency), 1) + ' points']]));
    by('result').hidden = false;
  }

  const STATES = { live: 'live', lost: 'connection lost', report: 'report' };

  async function start() {
    paint();
    try {
      about = await source.about();
    } catch (failure) {
      by('connection').textContent = failure.message;
      return;
    }
    curves.know(about.figures);
    if (about.parts) diagram.know(about.parts);
    document.title = 'Tramontane: Run ' + about.id;
    by('run-id').textContent = about.id;
    if (about.fork) {
      by('parent').textContent = `Fork of ${about.fork}: goes on from what that run was after this step, whose numbers its steps continue.`;
      by('parent').hidden = false;
    }
    by('configuration-text').textContent = about.configuration;
    by('configuration').hidden = about.configuration === '';
    if (about.summary) showResult(about.summary);
    if (source.frozen) {
      by('pipeline').hidden = true;
      by('finding').hidden = true;
      document.querySelector('nav a[href="#pipeline"]').toggleAttribute('hidden', true);
    }
    source.follow(event => {
      curves.update(event.steps);
      heldOut.update(event.heldOut);
      tiles();
      if (event.pipeline !== null && event.pipeline.at > 0) diagram.update(event.pipeline);
      rollouts.update(event.rollouts);
    }, state => {
      by('connection').textContent = STATES[state];
      by('connection').className = 'connection ' + state;
    });
  }

  start();
})();
