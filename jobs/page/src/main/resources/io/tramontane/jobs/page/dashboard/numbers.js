// What is done with numbers before they are shown. Nothing here knows the page.
'use strict';
const tramontane = {};
(() => {
  const AVERAGED = 9;

  /** A number with as many decimals as its size deserves; an en dash for none. */
  tramontane.number = (value, decimals) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return '–';
    const size = Math.abs(value);
    const shown = decimals ?? (size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5);
    return value.toLocaleString('en', { minimumFractionDigits: Math.min(shown, 6), maximumFractionDigits: shown });
  };

  tramontane.percent = value => Number.isFinite(value) && value !== null ? Math.round(100 * value) + '%' : '–';

  tramontane.signed = (value, decimals = 2) => {
    const size = Math.abs(value).toFixed(decimals);
    return (Number(size) === 0 ? '' : value > 0 ? '+' : '−') + size;
  };

  /** A time in the two units that say most; empty for none. */
  tramontane.duration = seconds => {
    if (!Number.isFinite(seconds)) return '';
    const whole = Math.round(seconds);
    const minutes = Math.floor(whole / 60);
    return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
  };

  /** The short text of a tick of an axis. */
  tramontane.tick = value => {
    if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(0);
    return Math.abs(value) >= 10000 ? value / 1000 + 'k' : String(Number(value.toPrecision(6)));
  };

  /** The mean of the values that are there; null for none. */
  tramontane.mean = values => {
    const present = values.filter(value => value !== null);
    return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
  };

  /** Each value averaged with its neighbours; where there is none there is none after either. */
  tramontane.average = values => {
    const half = Math.floor(AVERAGED / 2);
    return values.map((value, index) => {
      if (value === null) return null;
      let sum = 0;
      let count = 0;
      for (let other = Math.max(0, index - half); other <= Math.min(values.length - 1, index + half); other++) {
        if (values[other] !== null) { sum += values[other]; count++; }
      }
      return sum / count;
    });
  };
})();
