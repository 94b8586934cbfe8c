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

/** A text that only grows: its state at a step is a beginning of it. */
export class GrowingText {
  #text = '';
  #lengths = new History();

  append(step, text) {
    this.#text += text;
    this.#lengths.set(step, this.#text.length);
  }

  lengthAt(step) {
    return this.#lengths.at(step) ?? 0;
  }

  at(step) {
    return this.#text.slice(0, this.lengthAt(step));
  }

  /** At most so many characters from the end. */
  endAt(step, most) {
    const length = this.lengthAt(step);
    let start = Math.max(0, length - most);
    if (start > 0 && (this.#text.charCodeAt(start) & 0xfc00) === 0xdc00) {
      start++; // not half a pair of surrogates
    }

    return this.#text.slice(start, length);
  }
}
