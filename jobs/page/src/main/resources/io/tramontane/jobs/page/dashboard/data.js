// Where the page's data comes from: the server it was loaded from, or, in a report, what is written into the page.
'use strict';
(() => {
  const frozen = document.getElementById('frozen');

  async function ask(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  class LiveSource {
    frozen = false;
    about() { return ask('api/run'); }

    /** Calls back with each event; the browser connects again by itself, from where it was. */
    follow(onEvent, onState) {
      let after = 0;
      let events;
      const open = () => {
        events = new EventSource('api/events?after=' + after);
        events.onopen = () => onState('live');
        events.onmessage = message => {
          const event = JSON.parse(message.data);
          const steps = event.steps.steps;
          if (steps.length > 0) after = steps[steps.length - 1];
          onEvent(event);
        };
        events.onerror = () => {
          onState('lost');
          events.close();
          setTimeout(open, 2000);
        };
      };
      open();
    }

    groups(query) {
      const parameters = new URLSearchParams();
      query.marks.forEach(mark => parameters.append('mark', mark));
      for (const name of ['step', 'language', 'text', 'before', 'limit']) {
        if (query[name] !== '' && query[name] !== null && query[name] !== undefined) parameters.set(name, query[name]);
      }
      return ask('api/rollouts?' + parameters);
    }

    group(row) { return ask('api/group?id=' + encodeURIComponent(row.number)); }
  }

  class FrozenSource {
    frozen = true;
    constructor(data) { this.data = data; }
    async about() { return this.data.about; }

    follow(onEvent, onState) {
      onState('report');
      onEvent({ steps: this.data.steps, heldOut: this.data.heldOut, pipeline: null, rollouts: this.totals() });
    }

    totals() {
      const marks = {};
      const languages = new Set();
      let completions = 0;
      for (const group of this.data.groups) {
        languages.add(group.language);
        for (const sample of group.completions) {
          completions++;
          sample.marks.forEach(mark => { marks[mark] = (marks[mark] ?? 0) + 1; });
        }
      }
      return { groups: this.data.groups.length, completions, marks, languages: [...languages].sort(), upToDate: true };
    }

    async groups(query) {
      const text = query.text.toLowerCase();
      const has = where => where.toLowerCase().includes(text);
      const rows = [];
      let completions = 0;
      this.data.groups.forEach((group, number) => {
        const matching = group.completions.filter(sample => query.marks.every(mark => sample.marks.includes(mark)));
        const wanted = matching.length > 0
          && (query.step === '' || group.step === Number(query.step))
          && (query.language === '' || group.language === query.language)
          && (text === '' || has(group.groupId) || has(group.problem) || matching.some(sample => has(sample.text)));
        if (wanted) {
          completions += matching.length;
          rows.push({ number, groupId: group.groupId, step: group.step, language: group.language, fate: group.fate,
            size: group.completions.length, rewardMean: group.rewardMean, matching: matching.length,
            right: group.completions.filter(sample => sample.marks.includes('RIGHT')).length });
        }
      });
      return { rows: rows.reverse(), next: null, searched: 0, groups: rows.length, completions };
    }

    async group(row) { return this.data.groups[row.number]; }
  }

  tramontane.source = frozen ? new FrozenSource(JSON.parse(frozen.textContent)) : new LiveSource();
})();
