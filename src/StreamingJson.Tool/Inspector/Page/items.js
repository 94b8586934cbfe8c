// The items of the message: texts, and calls with their verdicts.
import { el, setText } from './dom.js';
import { counted, words } from './format.js';
import { TreeView } from './tree-view.js';

const titles = { text: 'Text', reasoning: 'Reasoning', refusal: 'Refusal', document: 'JSON text' };
const longestText = 50_000;

export class Items {
  #list = document.getElementById('items');
  #notes = document.getElementById('notes');
  #pane = document.getElementById('message');
  #cards = [];

  /** Begins with another stream. */
  reset() {
    this.#cards = [];
    this.#list.replaceChildren();
    this.#notes.replaceChildren();
    delete this.#notes.dataset.key;
  }

  render(recording, step) {
    const isOver = step === recording.last && recording.isEnded;
    const isAtEnd = this.#pane.scrollHeight - this.#pane.scrollTop - this.#pane.clientHeight < 24;
    this.#renderNotes(recording, step, isOver);
    recording.items.forEach((item, i) => {
      this.#cards[i] ??= this.#append(item);
      this.#cards[i].render(step, isOver, !(recording.items[i + 1]?.born <= step));
    });
    if (isAtEnd) {
      this.#pane.scrollTop = this.#pane.scrollHeight; // who looks at the newest goes on to
    }
  }

  #append(item) {
    const card = new Card(item);
    this.#list.append(card.element);
    return card;
  }

  #renderNotes(recording, step, isOver) {
    const notes = recording.notes.filter((note) => note.step <= step);
    const reason = isOver ? recording.stepAt(step).reason : null;
    const key = `${notes.length} ${reason}`;
    if (this.#notes.dataset.key === key) {
      return;
    }

    this.#notes.dataset.key = key;
    this.#notes.replaceChildren(
      ...(reason ? [el('p', { class: 'note-line', data: { kind: 'end' } }, el('strong', { text: reason }))] : []),
      ...notes.map((note) => el('p', { class: 'note-line', data: { kind: note.kind } },
        el('strong', { text: `${note.kind}: ${words(note.name)}` }),
        note.detail ? ` ${note.detail}` : '')));
  }
}

class Card {
  #item;
  #title = el('h4');
  #id = el('span', { class: 'muted id' });
  #badges = el('span', { class: 'chips' });
  #reasons = el('p', { class: 'reasons' });
  #text = el('pre', { class: 'prose' });
  #inFlight = el('p', { class: 'in-flight' });
  #error = el('p', { class: 'error-line' });
  #raw = el('pre', { class: 'text raw' });
  #tree = null;

  constructor(item) {
    this.#item = item;
    this.element = el('li', { class: 'card', data: { kind: item.kind } },
      el('header', {}, this.#title, this.#id, this.#badges),
      this.#reasons, this.#text, this.#inFlight, this.#error, this.#raw);
  }

  render(step, isOver, isNewest) {
    const item = this.#item;
    this.element.hidden = item.born > step;
    if (item.born > step) {
      return;
    }

    const identity = item.identity.at(step);
    const verdict = item.verdict.at(step);
    const error = item.error.at(step);
    const state = stateOf(item, verdict, error, isOver, isNewest);
    this.element.dataset.state = state;
    this.element.classList.toggle('dropped', item.dropped <= step);
    setText(this.#title, titles[item.kind] ?? identity?.name ?? 'unnamed call');
    setText(this.#id, identity?.id ?? '');
    this.#renderVerdict(state, verdict, item.dropped <= step);
    this.#renderTree(step, state, error);
    this.#renderText(step, state);
    this.#renderInFlight(step, state);
    this.#renderError(step, error, state);
  }

  #renderVerdict(state, verdict, isDropped) {
    const isCall = this.#item.kind === 'tool_call';
    const isEnded = isCall && verdict && verdict.outcome !== 'open';
    const badges = isDropped ? [['plain', 'taken back by the provider']] : state === 'ended' ? [] : [[state, state]];
    if (isEnded && !isDropped) {
      badges.push(verdict.safe_to_execute ? ['safe', 'safe to execute'] : ['unsafe', 'not safe to execute']);
    }

    const key = JSON.stringify(badges);
    if (this.#badges.dataset.key !== key) {
      this.#badges.dataset.key = key;
      this.#badges.replaceChildren(...badges.map(([kind, text]) => el('span', { class: 'chip', data: { state: kind }, text })));
    }

    const reasons = isEnded ? verdict.reasons : [];
    this.#reasons.hidden = reasons.length === 0;
    setText(this.#reasons, reasons.map(words).join(' · '));
  }

  #renderTree(step, state, error) {
    const isShown = this.#item.tree !== null && (this.#item.kind !== 'text' || !error || error.code === 'unexpected_end');
    if (isShown && !this.#tree) {
      this.#tree = new TreeView(this.#item.tree);
      this.#text.after(this.#tree.element);
    }

    if (this.#tree) {
      this.#tree.element.hidden = !isShown;
      this.#tree.render(step, state === 'ended' ? 'truncated' : state);
    }
  }

  #renderText(step, state) {
    const isShown = this.#tree === null || this.#tree.element.hidden;
    this.#text.hidden = !isShown;
    if (isShown) {
      const length = this.#item.text.lengthAt(step);
      const text = this.#item.text.endAt(step, longestText);
      setText(this.#text, length > longestText ? `… ${counted(length - longestText, 'character')} before\n${text}` : text);
      this.#text.classList.toggle('open', state === 'growing');
    }
  }

  // The token that is cut is looked at as such; it is no value.
  #renderInFlight(step, state) {
    const token = state === 'complete' || state === 'invalid' ? undefined : this.#item.inFlight.at(step);
    this.#inFlight.hidden = !token;
    if (token) {
      this.#inFlight.replaceChildren(el('code', { text: token.text }), ` is the beginning of a ${words(token.kind)}, and no value yet`);
    }
  }

  #renderError(step, error, state) {
    this.#error.hidden = !error;
    this.#raw.hidden = !error || state !== 'invalid' || this.#item.kind !== 'tool_call';
    if (error) {
      setText(this.#error, error.pointer ? `${error.message} At ${error.pointer}` : error.message);
    }

    if (!this.#raw.hidden) {
      this.#renderRaw(step, error.offset);
    }
  }

  // What was received, and where it stopped being JSON; the offset counts bytes.
  #renderRaw(step, offset) {
    const text = this.#item.text.at(step);
    if (this.#raw.dataset.key === `${text.length} ${offset}`) {
      return;
    }

    this.#raw.dataset.key = `${text.length} ${offset}`;
    const bytes = new TextEncoder().encode(text);
    const decoder = new TextDecoder();
    const before = decoder.decode(bytes.subarray(0, offset));
    const rest = text.slice(before.length);
    this.#raw.replaceChildren(before.slice(-200), el('mark', { text: rest.slice(0, 1) }), rest.slice(1, 400));
  }
}

/**
 * What a card is, and with it its open values: growing, complete, truncated or invalid. Of a call and of a JSON text the server has judged; invalid
 * is known at once, not at the end. A text only grows until another item begins.
 */
function stateOf(item, verdict, error, isOver, isNewest) {
  if (item.kind === 'tool_call' || item.kind === 'document') {
    const outcome = verdict?.outcome ?? 'open';
    return outcome !== 'open' ? outcome : error ? 'invalid' : 'growing';
  }

  return !isOver && isNewest ? 'growing' : 'ended';
}
