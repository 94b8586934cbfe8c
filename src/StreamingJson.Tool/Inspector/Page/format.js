// Numbers and names, as people read them.

/** Seconds: 0 ms, 75 ms, 1.29 s, 34.6 s. */
export function seconds(value) {
  if (value === null || value === undefined) {
    return '–';
  }

  return value < 0.9995 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

/** A count with its thousands apart. */
export function count(value) {
  return value.toLocaleString('en-US');
}

/** A count with the word for what is counted. */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Bytes: 812 B, 10.4 kB, 3.2 MB. */
export function bytes(value) {
  if (value < 10_000) {
    return `${count(value)} B`;
  }

  return value < 1_000_000 ? `${(value / 1000).toFixed(1)} kB` : `${(value / 1_000_000).toFixed(1)} MB`;
}

/** snake_case as words. */
export function words(name) {
  return name.replaceAll('_', ' ');
}
