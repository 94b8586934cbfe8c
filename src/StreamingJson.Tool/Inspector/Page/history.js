// What changes from step to step, kept as what it was at each: nothing is undone to look back.

/** The position of the last entry that is not after a step; -1 if there is none. */
export function lastAt(entries, step, stepOf) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stepOf(entries[middle]) <= step) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low - 1;
}

/** A value that is another at some steps. */
export class History {
  #entries = [];

  set(step, value) {
    const last = this.#entries.at(-1);
    if (last?.step === step) {
      last.value = value;
    } else {
      this.#entries.push({ step, value });
    }
  }

  /** The value after a step; undefined before the first. */
  at(step) {
    return this.#entries[lastAt(this.#entries, step, (entry) => entry.step)]?.value;
  }
}

/** A text that grows: its state at a step is a beginning of it. One that begins anew lies behind the one before. */
export class GrowingText {
  #text = '';
  #start = 0;
  #spans = new History();

  append(step, text) {
    this.#text += text;
    this.#spans.set(step, { start: this.#start, end: this.#text.length });
  }

  replace(step, text) {
    this.#start = this.#text.length;
    this.append(step, text);
  }

  lengthAt(step) {
    const { start, end } = this.#spanAt(step);
    return end - start;
  }

  at(step) {
    const { start, end } = this.#spanAt(step);
    return this.#text.slice(start, end);
  }

  /** At most so many characters from the end. */
  endAt(step, most) {
    const { start, end } = this.#spanAt(step);
    let from = Math.max(start, end - most);
    if (from > start && (this.#text.charCodeAt(from) & 0xfc00) === 0xdc00) {
      from++; // not half a pair of surrogates
    }

    return this.#text.slice(from, end);
  }

  #spanAt(step) {
    return this.#spans.at(step) ?? { start: 0, end: 0 };
  }
}
