// A stream as the server tells it, step by step, and as it was at any of them.
import { GrowingText, History } from './history.js';
import { GrowingTree } from './tree.js';

class Item {
  constructor(number, kind, step) {
    this.number = number;
    this.kind = kind; // text, reasoning, refusal, tool_call or document
    this.born = step;
    this.identity = new History(); // of a call: name and id
    this.text = new GrowingText();
    this.tree = null;
    this.inFlight = new History();
    this.error = new History();
    this.verdict = new History(); // of a call, and of a document at its end
    this.dropped = Infinity; // when the provider took it back
    this.deltas = []; // when it grew, in seconds
    this.startedAt = 0;
    this.endedAt = null;
  }
}

const kinds = {
  text_delta: 'text',
  reasoning_delta: 'reasoning',
  refusal_delta: 'refusal',
  tool_call_started: 'tool_call',
  arguments_delta: 'tool_call',
  document_started: 'document',
};

export class Recording {
  /** What the server said of the stream itself. */
  head = null;

  /** The items of the message, in the order of their first event. */
  items = [];

  /** The frames, each with the step that it came with. */
  frames = [];

  /** What was off, and what the provider reported as errors, each with its step. */
  notes = [];

  /** Whether the last record came. */
  isEnded = false;

  finish = new History();
  #steps = [{ at: 0, bytes: 0, times: {}, protocol: null, outcome: 'partial' }];

  /** The number of the last step; 0 is before all. */
  get last() {
    return this.#steps.length - 1;
  }

  /** How long it took so far, in seconds. */
  get duration() {
    return this.#steps.at(-1).at;
  }

  stepAt(step) {
    return this.#steps[step];
  }

  /** The last step that is not after a time. */
  stepOfTime(time) {
    let low = 0;
    let high = this.#steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#steps[middle].at <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    return Math.max(0, low - 1);
  }

  /** Takes one record. */
  add(record) {
    if (record.record === 'stream') {
      this.head = record;
      return;
    }

    const step = this.#steps.length;
    const isEnd = record.record === 'end';
    this.#steps.push({
      at: record.at,
      bytes: record.bytes,
      times: record.times,
      protocol: record.protocol ?? null,
      outcome: record.outcome ?? 'partial',
      reason: record.reason ?? null,
      report: record.report ?? null,
    });
    for (const event of record.events) {
      this.#take(event, step, record.at);
    }

    for (const frame of record.frames) {
      this.frames.push({ ...frame, step, at: record.at });
    }

    this.isEnded ||= isEnd;
  }

  #take(event, step, at) {
    if (event.item !== undefined) {
      this.#takeOfItem(event, step, at);
    }

    switch (event.event) {
      case 'anomaly':
        this.notes.push({ step, kind: 'anomaly', name: event.kind, detail: event.detail, item: event.item });
        break;
      case 'error':
        this.notes.push({ step, kind: 'error', name: event.code ?? 'error', detail: event.message });
        break;
      case 'finished':
        this.finish.set(step, event.finish_reason ?? event.reason);
        break;
    }
  }

  #takeOfItem(event, step, at) {
    let item = this.items[event.item];
    if (!item) {
      item = new Item(event.item, kinds[event.event] ?? 'tool_call', step);
      item.startedAt = at;
      this.items[event.item] = item;
    }

    if (event.event === 'tool_call_started' || event.event === 'tool_call_ended') {
      item.identity.set(step, { name: event.name, id: event.id });
    }

    if (event.event === 'verdict' || event.event === 'document_ended') {
      item.verdict.set(step, event);
    }

    if (event.event === 'tool_call_ended' || event.event === 'document_ended') {
      item.endedAt = at;
    }

    if (event.event === 'dropped') {
      item.dropped = step;
    }

    if (event.event.endsWith('_delta')) {
      item.deltas.push(at);
      if (event.whole === undefined) {
        item.text.append(step, event.text ?? '');
      } else {
        item.text.replace(step, event.whole);
      }
    }

    this.#takeChanges(item, event, step);
  }

  #takeChanges(item, event, step) {
    if (event.changes) {
      item.tree ??= new GrowingTree();
      for (const change of event.changes) {
        item.tree.apply(change, step);
      }

      item.inFlight.set(step, event.in_flight);
    }

    if (event.error) {
      item.error.set(step, event.error);
    }
  }
}
