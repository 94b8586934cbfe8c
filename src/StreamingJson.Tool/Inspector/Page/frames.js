// The frames of the wire, those that have arrived by now and those that are still to come. Only the rows that can be seen are there.
import { el, setAttribute, setText } from './dom.js';
import { bytes, count, counted, seconds } from './format.js';

const rowHeight = 24;
const overscan = 6;

export class Frames {
  #list = document.getElementById('frames');
  #detail = document.getElementById('frame');
  #count = document.getElementById('frame-count');
  #space = el('div', { class: 'space', role: 'presentation' });
  #rows = new Map();
  #recording = null;
  #current = -1;
  #chosen = null;

  constructor(player) {
    this.#list.append(this.#space);
    this.#list.addEventListener('scroll', () => this.#drawRows());
    this.#list.addEventListener('click', (event) => {
      const row = event.target.closest('[role=option]');
      if (row) {
        this.#choose(Number(row.dataset.index), player());
      }
    });
    this.#list.addEventListener('keydown', (event) => {
      const page = Math.max(1, Math.floor(this.#list.clientHeight / rowHeight) - 1);
      const goals = {
        ArrowDown: this.#current + 1, ArrowUp: this.#current - 1, PageDown: this.#current + page, PageUp: this.#current - page, Home: 0, End: Infinity,
      };
      if (goals[event.key] !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        this.#choose(goals[event.key], player());
      }
    });
    new ResizeObserver(() => this.#drawRows()).observe(this.#list);
  }

  /** Begins with another stream. */
  reset() {
    this.#recording = null;
    this.#current = -1;
    this.#chosen = null;
    this.#rows.clear();
    this.#space.replaceChildren();
    this.#list.scrollTop = 0;
  }

  render(recording, step) {
    this.#recording = recording;
    const frames = recording.frames;
    const arrived = firstAfter(frames, step);
    if (this.#chosen?.step !== step) {
      this.#chosen = null;
    }

    this.#current = this.#chosen?.index ?? arrived - 1;
    setText(this.#count, recording.head?.shape === 'document' ? counted(frames.length, 'chunk') : counted(frames.length, 'frame'));
    this.#space.style.height = `${frames.length * rowHeight}px`;
    this.#scrollToCurrent();
    this.#arrived = arrived;
    this.#drawRows();
    this.#drawDetail(frames[this.#current]);
  }

  #arrived = 0;

  // Several frames may come in one step: the one that was chosen stays.
  #choose(index, player) {
    const frames = this.#recording?.frames ?? [];
    if (frames.length > 0) {
      const position = Math.min(Math.max(0, index), frames.length - 1);
      const step = frames[position].step;
      this.#chosen = { index: position, step };
      player.seek(step);
    }
  }

  #scrollToCurrent() {
    const top = this.#current * rowHeight;
    if (this.#current < 0) {
      this.#list.scrollTop = 0;
    } else if (top < this.#list.scrollTop || top + rowHeight > this.#list.scrollTop + this.#list.clientHeight) {
      this.#list.scrollTop = top - this.#list.clientHeight / 2;
    }
  }

  #drawRows() {
    const frames = this.#recording?.frames ?? [];
    const first = Math.max(0, Math.floor(this.#list.scrollTop / rowHeight) - overscan);
    const end = Math.min(frames.length, Math.ceil((this.#list.scrollTop + this.#list.clientHeight) / rowHeight) + overscan);
    for (const [index, row] of this.#rows) {
      if (index < first || index >= end) {
        row.remove();
        this.#rows.delete(index);
      }
    }

    for (let index = first; index < end; index++) {
      let row = this.#rows.get(index);
      if (!row) {
        row = this.#row(frames[index], index);
        this.#rows.set(index, row);
        this.#space.append(row);
      }

      setAttribute(row, 'aria-setsize', frames.length);
      setAttribute(row, 'aria-selected', String(index === this.#current));
      row.classList.toggle('to-come', index >= this.#arrived);
    }

    setAttribute(this.#list, 'aria-activedescendant', this.#rows.has(this.#current) ? `frame-${this.#current}` : null);
  }

  #row(frame, index) {
    const row = el('div', { role: 'option', id: `frame-${index}`, 'aria-posinset': index + 1, data: { index } },
      el('span', { class: 'number', text: count(index + 1) }),
      el('span', { class: 'time', text: seconds(frame.at) }),
      el('span', { class: 'size', text: bytes(frame.end - frame.start) }),
      frame.type && frame.type !== 'message' ? el('span', { class: 'type', text: frame.type }) : null,
      frame.flags ? el('span', { class: 'flags', text: frame.flags }) : null,
      el('span', { class: 'data', text: frame.data.slice(0, 300) }));
    row.style.top = `${index * rowHeight}px`;
    return row;
  }

  #drawDetail(frame) {
    setText(this.#detail, frame ? pretty(frame) : 'Nothing has arrived yet.');
  }
}

/** How many frames came by a step. */
function firstAfter(frames, step) {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle].step <= step) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
}

function pretty(frame) {
  const place = `bytes ${count(frame.start)}–${count(frame.end)}`;
  const hidden = frame.hidden_bytes ? `\n… ${bytes(frame.hidden_bytes)} more` : '';
  return `${place}${frame.type ? `, ${frame.type}` : ''}\n\n${frame.data}${hidden}`;
}
