// What the stream is, how it stands, and the figures.
import { el, setText } from './dom.js';
import { bytes, count, counted, seconds, words } from './format.js';

const sources = {
  sample: 'sample',
  file: 'file',
  pasted: 'pasted',
  proxied: 'proxied',
  piped: 'standard input',
};

export class Summary {
  #title = document.getElementById('title');
  #chips = document.getElementById('chips');
  #figures = document.getElementById('figures');
  #status = document.getElementById('status');
  #values = new Map();

  render(recording, step) {
    const head = recording.head;
    if (!head) {
      return;
    }

    const state = recording.stepAt(step);
    setText(this.#title, head.title);
    this.#renderChips(head, state, recording, step);
    this.#figure('First byte', seconds(state.times.first_byte));
    this.#figure('First delta', seconds(state.times.first_delta));
    this.#figure('First value', seconds(state.times.first_value));
    this.#figure('Deltas', count(state.times.deltas ?? 0));
    this.#figure('Longest silence', seconds(state.times.longest_silence));
    this.#figure('Received', bytes(state.bytes));
    this.#figure('Tokens out', state.times.output_tokens === undefined ? null : count(state.times.output_tokens));
    setText(this.#status, step === recording.last && recording.isEnded ? conclusion(recording, state) : '');
  }

  #renderChips(head, state, recording, step) {
    const isOver = step === recording.last && recording.isEnded;
    const outcome = isOver ? state.outcome : 'partial';
    const finish = recording.finish.at(step);
    const chips = [
      isOver ? [outcome, outcome] : ['growing', head.live ? 'arriving' : step === 0 ? 'not begun' : 'growing'],
      state.protocol && state.protocol !== 'auto' ? ['plain', state.protocol] : null,
      head.shape === 'document' ? ['plain', 'JSON text'] : null,
      finish ? ['plain', `finish: ${words(finish)}`] : null,
      ['plain', sources[head.source]],
      ['plain', head.replay_rate ? `replayed at ${bytes(head.replay_rate)}/s` : 'times as measured'],
    ];
    const wanted = chips.filter((chip) => chip !== null);
    const key = JSON.stringify(wanted);
    if (this.#chips.dataset.key !== key) {
      this.#chips.dataset.key = key;
      this.#chips.replaceChildren(...wanted.map(([kind, text]) => el('span', { class: 'chip', data: { state: kind }, text })));
    }
  }

  #figure(name, text) {
    let value = this.#values.get(name);
    if (!value) {
      value = el('dd');
      this.#values.set(name, value);
      this.#figures.append(el('div', {}, el('dt', { text: name }), value));
    }

    value.parentElement.hidden = text === null; // where the provider gave no number
    setText(value, text ?? '');
  }
}

function conclusion(recording, state) {
  const calls = recording.items.filter((item) => item.kind === 'tool_call' && item.dropped === Infinity);
  const safe = calls.filter((item) => item.verdict.at(recording.last)?.safe_to_execute).length;
  return calls.length === 0
    ? `The stream is ${state.outcome}.`
    : `The stream is ${state.outcome}: ${counted(calls.length, 'call')}, ${safe} safe to execute.`;
}
