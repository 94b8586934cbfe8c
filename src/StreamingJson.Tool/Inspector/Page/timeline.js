// The stream in time: a lane for each item with its deltas, when the first byte, delta and value came, the longest silence, and where the
// reader is.
import { setAttribute, setText, svg } from './dom.js';
import { counted, seconds, words } from './format.js';

const axisHeight = 20;
const laneGap = 4;
const mostLanes = 24;
const labels = { text: 'text', reasoning: 'reasoning', refusal: 'refusal', document: 'JSON text' };

export class Timeline {
  #chart = document.getElementById('chart');
  #title = document.getElementById('chart-text');
  #slider = document.getElementById('slider');
  #lanes = svg('g', { class: 'lanes' });
  #axis = svg('g', { class: 'axis' });
  #marks = svg('g', { class: 'marks' });
  #future = svg('rect', { class: 'future', y: 0 });
  #head = svg('line', { class: 'playhead', y1: 0 });
  #width = 0;
  #height = 0;
  #key = '';
  #recording = null;
  #step = 0;

  constructor(player) {
    this.#chart.append(this.#marks, this.#axis, this.#lanes, this.#future, this.#head);
    this.#slider.addEventListener('input', () => player().seekTime(Number(this.#slider.value)));
    this.#slider.addEventListener('keydown', (event) => {
      const step = player().step;
      const goals = { ArrowLeft: step - 1, ArrowDown: step - 1, ArrowRight: step + 1, ArrowUp: step + 1, PageDown: step - 10, PageUp: step + 10, Home: 0, End: Infinity };
      if (goals[event.key] !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        event.stopPropagation();
        player().seek(goals[event.key]);
      }
    });
    const seek = (event) => {
      const box = this.#chart.getBoundingClientRect();
      player().seekTime(((event.clientX - box.left) / box.width) * this.#duration());
    };
    this.#chart.addEventListener('pointerdown', (event) => {
      this.#chart.setPointerCapture(event.pointerId);
      seek(event);
    });
    this.#chart.addEventListener('pointermove', (event) => {
      if (this.#chart.hasPointerCapture(event.pointerId)) {
        seek(event);
      }
    });
    new ResizeObserver(() => {
      if (this.#recording) {
        this.render(this.#recording, this.#step, Number(this.#slider.value));
      }
    }).observe(this.#chart);
  }

  render(recording, step, time) {
    this.#recording = recording;
    this.#step = step;
    this.#draw(recording);
    const duration = this.#duration();
    setAttribute(this.#slider, 'max', duration);
    this.#slider.value = String(time);
    this.#slider.style.setProperty('--at', `${(time / duration) * 100}%`);
    setAttribute(this.#slider, 'aria-valuetext', `step ${step} of ${recording.last}, ${seconds(recording.stepAt(step).at)}`);
    const x = this.#x(time);
    setAttribute(this.#head, 'x1', x);
    setAttribute(this.#head, 'x2', x);
    setAttribute(this.#future, 'x', x);
    setAttribute(this.#future, 'width', Math.max(0, this.#width - x));
  }

  #duration() {
    return Math.max(this.#recording?.duration ?? 0, 0.001);
  }

  #x(time) {
    return Math.round((time / this.#duration()) * this.#width * 10) / 10;
  }

  // All of it is drawn when more has arrived; moving through time moves two lines.
  #draw(recording) {
    const width = Math.round(this.#chart.clientWidth);
    const key = `${width} ${recording.last} ${recording.head?.id}`;
    if (key === this.#key) {
      return;
    }

    this.#key = key;
    this.#width = width;
    const items = recording.items.slice(0, mostLanes);
    const laneHeight = items.length <= 2 ? 32 : items.length <= 6 ? 20 : 12;
    this.#height = axisHeight + Math.max(1, items.length) * (laneHeight + laneGap);
    setAttribute(this.#chart, 'viewBox', `0 0 ${width} ${this.#height}`);
    this.#chart.style.height = `${this.#height}px`;
    setAttribute(this.#future, 'height', this.#height - axisHeight);
    setAttribute(this.#head, 'y2', this.#height - axisHeight);
    this.#lanes.replaceChildren(...items.flatMap((item, i) => this.#lane(recording, item, i * (laneHeight + laneGap), laneHeight)));
    this.#drawAxis();
    this.#drawMarks(recording);
    setText(this.#title, describe(recording));
  }

  #lane(recording, item, y, height) {
    const last = item.deltas.at(-1) ?? item.startedAt;
    const left = this.#x(item.startedAt);
    const right = Math.max(left + 2, this.#x(item.endedAt ?? last));
    const verdict = item.verdict.at(recording.last);
    const state = verdict && verdict.outcome !== 'open' ? verdict.outcome : recording.isEnded || item !== recording.items.at(-1) ? 'ended' : 'growing';
    const columns = new Set(item.deltas.map((at) => Math.round(this.#x(at))));
    const path = [...columns].map((x) => `M${x} ${y + 3}v${height - 6}`).join('');
    const name = labels[item.kind] ?? item.identity.at(recording.last)?.name ?? 'call';
    const nameWidth = 8 + name.length * 7;
    const [labelX, anchor] = right + nameWidth < this.#width ? [right + 6, 'start'] : left > nameWidth ? [left - 6, 'end'] : [left + 6, 'start'];
    const density = Math.max(0.25, 0.9 - columns.size / Math.max(1, right - left));
    return [
      svg('rect', { class: 'bar', x: left, y, width: right - left, height, rx: 4, 'data-state': state, 'data-kind': item.kind }),
      svg('path', { class: 'ticks', d: path, opacity: density.toFixed(2), 'data-state': state, 'data-kind': item.kind }),
      height < 16 ? null : svg('text', { class: 'label', x: labelX, y: y + height / 2, 'text-anchor': anchor }, name),
    ].filter((part) => part !== null);
  }

  #drawAxis() {
    const duration = this.#duration();
    const wanted = Math.max(2, Math.floor(this.#width / 90));
    const step = niceStep(duration / wanted);
    const y = this.#height - axisHeight;
    const parts = [svg('line', { x1: 0, x2: this.#width, y1: y + 0.5, y2: y + 0.5 })];
    for (let time = 0; time <= duration * 1.0001; time += step) {
      const x = this.#x(time);
      const anchor = x < 20 ? 'start' : x > this.#width - 20 ? 'end' : 'middle';
      parts.push(svg('line', { x1: x, x2: x, y1: y, y2: y + 4 }), svg('text', { x, y: y + 15, 'text-anchor': anchor }, seconds(time)));
    }

    this.#axis.replaceChildren(...parts);
  }

  #drawMarks(recording) {
    const bottom = this.#height - axisHeight;
    const times = recording.stepAt(recording.last).times;
    const silence = longestSilence(recording);
    const parts = silence ? [svg('rect', { class: 'silence', x: this.#x(silence.from), y: 0, width: Math.max(1, this.#x(silence.to) - this.#x(silence.from)), height: bottom },
      svg('title', {}, `longest silence: ${seconds(times.longest_silence)}`))] : [];
    for (const name of ['first_byte', 'first_delta', 'first_value']) {
      if (times[name] !== null && times[name] !== undefined) {
        const x = this.#x(times[name]);
        parts.push(svg('line', { class: 'mark', 'data-mark': name, x1: x, x2: x, y1: 0, y2: bottom }, svg('title', {}, `${words(name)}: ${seconds(times[name])}`)));
      }
    }

    this.#marks.replaceChildren(...parts);
  }
}

// Where it was; how long is the server's to say.
function longestSilence(recording) {
  const times = recording.items.flatMap((item) => item.deltas).sort((a, b) => a - b);
  let longest = null;
  for (let i = 1; i < times.length; i++) {
    if (!longest || times[i] - times[i - 1] > longest.to - longest.from) {
      longest = { from: times[i - 1], to: times[i] };
    }
  }

  return longest;
}

function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
}

function describe(recording) {
  const times = recording.stepAt(recording.last).times;
  return `${counted(recording.items.length, 'item')} in ${seconds(recording.duration)}: first byte after ${seconds(times.first_byte)}, `
    + `first delta after ${seconds(times.first_delta)}, first value after ${seconds(times.first_value)}, longest silence ${seconds(times.longest_silence)}.`;
}
