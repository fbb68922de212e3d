'use strict';
const { number, percent, signed, duration, tick, mean, average } = tramontane;

test('a number has the decimals that its size deserves', () => {
  equal([123456.7, 42.25, 3.14159, 0.12345, 0.00012345, 7].map(value => number(value)),
    ['123,457', '42.3', '3.14', '0.123', '0.00012', '7']);
});

test('asked for decimals, a number has exactly those', () => {
  equal([number(1, 2), number(-0.5, 1), number(2.345, 0), number(1e-7, 8)], ['1.00', '-0.5', '2', '0.0000001']);
});

test('what is no number is a dash', () => {
  equal([null, undefined, NaN, Infinity].map(value => number(value)), ['–', '–', '–', '–']);
  equal([null, undefined, NaN].map(value => percent(value)), ['–', '–', '–']);
});

test('a share is whole percents', () => {
  equal([percent(0), percent(0.126), percent(1)], ['0%', '13%', '100%']);
});

test('a change has its sign, and none when it rounds to nothing', () => {
  equal([signed(0.5), signed(-0.5), signed(0), signed(-0.001), signed(12.34, 1)], ['+0.50', '−0.50', '0.00', '0.00', '+12.3']);
});

test('a time has two units at most', () => {
  equal([4.4, 59.6, 61, 119.7, 3600, 7290].map(duration), ['4 s', '1 min 0 s', '1 min 1 s', '2 min 0 s', '1 h 0 min', '2 h 1 min']);
  equal(duration(NaN), '');
});

test('a tick is short', () => {
  equal([0, 0.0004, 0.25, 0.1 + 0.2, 9999, 25000, -10000].map(tick), ['0', '4e-4', '0.25', '0.3', '9999', '25k', '-10k']);
});

test('a mean passes over what is missing', () => {
  equal([mean([1, null, 3]), mean([null]), mean([])], [2, null, null]);
});

test('an average reaches over four neighbours on each side', () => {
  equal(average([9, 0, 0, 0, 0, 0]), [9 / 5, 9 / 6, 9 / 6, 9 / 6, 9 / 6, 0]);
  equal(average([1, null, 3]), [2, null, 2]);
});
