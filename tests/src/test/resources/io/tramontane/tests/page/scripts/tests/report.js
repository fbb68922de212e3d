'use strict';
const { source } = tramontane;
const everything = { marks: [], text: '', step: '', language: '', before: null };
const found = async query => (await source.groups({ ...everything, ...query })).rows.map(row => row.groupId);

test('the totals of a report are counted from its completions', () => {
  equal(source.totals(), { groups: 3, completions: 4, marks: { RIGHT: 2, WRONG: 1, TRUNCATED: 1 }, languages: ['en', 'fr'], upToDate: true });
});

test('the newest group comes first', async () => {
  equal(await found({}), ['r/c', 'r/b', 'r/a']);
});

test('groups are found by step and language', async () => {
  equal(await found({ step: '2' }), ['r/b']);
  equal(await found({ language: 'en' }), ['r/c', 'r/a']);
  equal(await found({ step: '2', language: 'en' }), []);
});

test('all marks must be on one completion', async () => {
  equal(await found({ marks: ['RIGHT'] }), ['r/b', 'r/a']);
  equal(await found({ marks: ['RIGHT', 'TRUNCATED'] }), ['r/b']);
  equal(await found({ marks: ['RIGHT', 'WRONG'] }), []);
});

test('a text is looked for in problems and completions, whatever its case', async () => {
  equal(await found({ text: 'COMBIEN' }), ['r/b']);
  equal(await found({ text: 'seven' }), ['r/a']);
  equal(await found({ text: 'r/c' }), ['r/c']);
});

test('a row says how many completions match and how many are right', async () => {
  const { rows, groups, completions, next } = await source.groups({ ...everything, marks: ['WRONG'] });
  equal([groups, completions, next], [1, 1, null]);
  equal(rows[0], { number: 0, groupId: 'r/a', step: 1, language: 'en', fate: 'TRAINABLE', size: 2, rewardMean: 0.5, matching: 1, right: 1 });
});

test('a report tells all it knows at once', () => {
  const told = [];
  source.follow(event => told.push(event), state => told.push(state));
  equal([told.length, told[0], told[1].pipeline, told[1].rollouts.completions], [2, 'report', null, 4]);
});
