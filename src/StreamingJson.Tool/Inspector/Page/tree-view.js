// Shows a growing value as a tree that the keyboard can walk. What is complete does not change any more, so it is drawn once: a step costs
// what is open and what is new.
import { el, setAttribute, setText } from './dom.js';
import { count, counted } from './format.js';

const firstChildren = 100;
const lastChildren = 50;
const moreChildren = 500;
const longText = 90;
const longestText = 20_000;

export class TreeView {
  #tree;
  #views = new WeakMap();
  #root = null;

  /** The element to be shown. */
  element = el('ul', { class: 'tree', role: 'tree', 'aria-label': 'The value so far' });

  constructor(tree) {
    this.#tree = tree;
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', (event) => this.#focus(event.target.closest('[role=treeitem]')));
  }

  /** Shows the value after a step. `openState` is what open values are: growing, truncated or invalid. */
  render(step, openState) {
    const root = this.#tree.rootAt(step);
    if (root !== this.#root) {
      this.#root = root;
      this.element.replaceChildren(...(root ? [this.#viewOf(root, 1).element] : []));
      this.element.firstElementChild?.setAttribute('tabindex', '0');
    }

    if (root) {
      this.#viewOf(root, 1).render(step, openState);
    }
  }

  #viewOf(node, level) {
    let view = this.#views.get(node);
    if (!view) {
      view = new NodeView(node, level, (child) => this.#viewOf(child, level + 1));
      this.#views.set(node, view);
    }

    return view;
  }

  #focus(item) {
    if (item) {
      this.element.querySelector('[role=treeitem][tabindex="0"]')?.setAttribute('tabindex', '-1');
      item.setAttribute('tabindex', '0');
    }
  }

  #key(event) {
    const item = event.target.closest('[role=treeitem]');
    if (event.target !== item || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }

    const visible = [...this.element.querySelectorAll('[role=treeitem]')].filter((other) => other.offsetParent !== null);
    const position = visible.indexOf(item);
    const isOpen = item.getAttribute('aria-expanded');
    const goals = {
      ArrowDown: () => visible[position + 1],
      ArrowUp: () => visible[position - 1],
      Home: () => visible[0],
      End: () => visible.at(-1),
      ArrowRight: () => (isOpen === 'false' ? this.#toggle(item) : isOpen === 'true' ? item.querySelector('[role=treeitem]') : item),
      ArrowLeft: () => (isOpen === 'true' ? this.#toggle(item) : (item.parentElement.closest('[role=treeitem]') ?? item)),
      Enter: () => (isOpen === null ? item : this.#toggle(item)),
    };
    if (goals[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      goals[event.key]()?.focus();
    }
  }

  #toggle(item) {
    item.querySelector('.twist').click();
    return item;
  }
}

class NodeView {
  #node;
  #childOf;
  #key;
  #value = el('span', { class: 'value' });
  #state = el('span', { class: 'sr' });
  #twist = null;
  #group = null;
  #block = null;
  #more = null;
  #hidden = 0;
  #first = firstChildren;
  #shown = [];
  #isFinal = false;
  #step = 0;
  #openState = 'growing';

  constructor(node, level, childOf) {
    this.#node = node;
    this.#childOf = childOf;
    this.#key = node.key === null ? null : el('span', { class: typeof node.key === 'number' ? 'index' : 'key', text: String(node.key) });
    this.row = el('div', { class: 'row' }, this.#key, this.#value, this.#state);
    this.element = el('li', { role: 'treeitem', tabindex: '-1', 'aria-level': level, data: { kind: node.kind } }, this.row);
    if (node.isContainer) {
      this.#twist = el('span', { class: 'twist', 'aria-hidden': 'true', onclick: () => this.#toggle() });
      this.row.prepend(this.#twist);
      this.#group = el('ul', { role: 'group' });
      this.element.append(this.#group);
      this.element.setAttribute('aria-expanded', 'true');
    }
  }

  render(step, openState) {
    const isComplete = this.#node.completed <= step;
    if (isComplete && this.#isFinal) {
      return;
    }

    this.#isFinal = isComplete;
    this.#step = step;
    this.#openState = openState;
    const state = isComplete ? 'complete' : openState;
    this.element.dataset.state = state;
    setText(this.#state, isComplete ? '' : `, ${state}`);
    if (this.#node.isContainer) {
      this.#renderChildren(step, openState);
    } else if (this.#node.text) {
      this.#renderText(step, isComplete);
    } else {
      setText(this.#value, this.#node.literal);
    }
  }

  #renderChildren(step, openState) {
    const children = this.#node.childrenAt(step);
    const [open, close] = this.#node.kind === 'object' ? '{}' : '[]';
    setText(this.#value, children.length === 0 ? `${open}${close}` : `${open} ${counted(children.length, this.#node.kind === 'object' ? 'member' : 'item')} ${close}`);
    this.#hidden = Math.max(0, children.length - this.#first - lastChildren);
    const shown = this.#hidden === 0 ? children : [...children.slice(0, this.#first), ...children.slice(-lastChildren)];
    const views = shown.map((child) => this.#childOf(child));
    if (views.length !== this.#shown.length || views.some((view, i) => view !== this.#shown[i])) {
      this.#place(views);
    }

    if (this.#more) {
      this.#more.hidden = this.#hidden === 0;
      setText(this.#more.firstChild, `${count(this.#hidden)} more`);
    }

    for (const view of views) {
      view.render(step, openState);
    }
  }

  // Only what is not where it belongs is moved, so that the focus stays.
  #place(views) {
    if (this.#hidden > 0 && !this.#more) {
      this.#more = el('li', { role: 'none', class: 'more' }, el('button', { type: 'button', onclick: () => this.#showMore() }));
    }

    const wanted = views.map((view) => view.element);
    if (this.#hidden > 0) {
      wanted.splice(this.#first, 0, this.#more);
    }

    const keep = new Set(wanted);
    for (const child of [...this.#group.children]) {
      if (!keep.has(child)) {
        child.remove();
      }
    }

    wanted.forEach((element, i) => {
      if (this.#group.children[i] !== element) {
        this.#group.insertBefore(element, this.#group.children[i] ?? null);
      }
    });
    this.#shown = views;
  }

  #showMore() {
    this.#first += moreChildren;
    this.#isFinal = false;
    this.render(this.#step, this.#openState);
  }

  #renderText(step, isComplete) {
    const length = this.#node.text.lengthAt(step);
    const text = this.#node.text.endAt(step, longestText);
    const isLong = length > longText || text.includes('\n');
    setText(this.#value, isLong ? `${counted(length, 'character')}` : JSON.stringify(text).slice(0, isComplete ? undefined : -1));
    this.#value.classList.toggle('note', isLong);
    if (!isLong) {
      this.#block?.remove();
      this.#block = null;
      return;
    }

    if (!this.#block) {
      this.#block = el('pre', { class: 'text', tabindex: '-1' });
      this.element.append(this.#block);
    }

    const isAtEnd = this.#block.scrollHeight - this.#block.scrollTop - this.#block.clientHeight < 24;
    setText(this.#block, length > longestText ? `… ${counted(length - longestText, 'character')} before\n${text}` : text);
    if (isAtEnd && !isComplete) {
      this.#block.scrollTop = this.#block.scrollHeight;
    }
  }

  #toggle() {
    const isOpen = this.element.getAttribute('aria-expanded') !== 'true';
    setAttribute(this.element, 'aria-expanded', isOpen);
    this.#group.hidden = !isOpen;
  }
}
