// The list of streams, and the dialog to paste one.
import { el } from './dom.js';
import { bytes } from './format.js';
import { add } from './server.js';

// What the server takes: it says so itself, but a browser that is still sending does not listen.
let mostBytes = Infinity;

const groups = [
  ['Arriving', (stream) => stream.live],
  ['Received', (stream) => !stream.live && ['proxied', 'pasted', 'piped'].includes(stream.source)],
  ['Files', (stream) => stream.source === 'file'],
  ['Samples', (stream) => stream.source === 'sample'],
];

export class Streams {
  #list = document.getElementById('stream-list');
  #nav = document.getElementById('streams');
  #toggle = document.getElementById('streams-toggle');
  #proxy = document.getElementById('proxy');
  #onSelect;
  #selected = null;

  constructor(onSelect) {
    this.#onSelect = onSelect;
    this.#toggle.addEventListener('click', () => this.#open(!this.#nav.classList.contains('open')));
  }

  render({ streams, proxy, max_bytes: maxBytes }) {
    mostBytes = maxBytes;
    const focused = document.activeElement?.dataset?.stream;
    this.#list.replaceChildren(...groups.flatMap(([title, belongs]) => {
      const members = streams.filter(belongs);
      return members.length === 0 ? [] : [el('li', {}, el('h3', { text: title }), el('ul', {}, ...members.map((stream) => this.#entry(stream))))];
    }));
    this.#proxy.hidden = !proxy;
    this.#proxy.replaceChildren('What a client sends to ', el('code', { text: proxy ?? '' }), ' is forwarded, and its answer shown here.');
    this.select(this.#selected);
    if (focused) {
      this.#list.querySelector(`[data-stream="${focused}"]`)?.focus();
    }
  }

  /** Marks the stream that is shown. */
  select(id) {
    this.#selected = id;
    for (const button of this.#list.querySelectorAll('button')) {
      if (Number(button.dataset.stream) === id) {
        button.setAttribute('aria-current', 'true');
      } else {
        button.removeAttribute('aria-current');
      }
    }
  }

  #entry(stream) {
    const open = () => {
      this.#open(false);
      this.#onSelect(stream.id);
    };
    return el('li', {}, el('button', { type: 'button', data: { stream: stream.id, live: stream.live }, title: stream.title, onclick: open },
      el('span', { class: 'name', text: stream.source === 'file' ? stream.title.split('/').at(-1) : stream.title })));
  }

  #open(isOpen) {
    this.#nav.classList.toggle('open', isOpen);
    this.#toggle.setAttribute('aria-expanded', String(isOpen));
  }
}

/** Wires the dialog; calls back with the number of the stream that was made. */
export function wirePaste(onAdded) {
  const dialog = document.getElementById('paste-dialog');
  const text = document.getElementById('paste-text');
  const error = document.getElementById('paste-error');
  const file = document.getElementById('paste-file');

  async function send(body, title) {
    error.textContent = '';
    try {
      const size = new Blob([body]).size;
      if (size > mostBytes) {
        throw new Error(`That has ${bytes(size)}; at most ${bytes(mostBytes)} are shown.`);
      }

      const id = await add(body, title);
      dialog.close();
      text.value = '';
      onAdded(id);
    } catch (failure) {
      error.textContent = failure.message;
    }
  }

  document.getElementById('paste').addEventListener('click', () => {
    error.textContent = '';
    dialog.showModal();
  });
  document.getElementById('paste-cancel').addEventListener('click', () => dialog.close());
  document.getElementById('paste-form').addEventListener('submit', (event) => {
    event.preventDefault();
    send(text.value, 'Pasted');
  });
  file.addEventListener('change', () => {
    const [chosen] = file.files;
    if (chosen) {
      send(chosen, chosen.name);
      file.value = '';
    }
  });
}
