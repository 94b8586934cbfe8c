// A JSON value that grows. Structures only grow, so one tree holds every state that it was ever in: a node is there from the step it was
// born until the one it was replaced, and complete from the step that said so.
import { GrowingText, lastAt } from './history.js';

class Node {
  constructor(key, kind, step) {
    this.key = key; // a name, an index, or null for the root
    this.kind = kind;
    this.born = step;
    this.gone = Infinity; // replaced: by a repeated name, or by a value that began anew
    this.completed = Infinity;
    this.literal = null; // the text of a number, boolean or null
    this.text = kind === 'string' ? new GrowingText() : null;
    this.children = [];
    this.hasReplaced = false;
    this.byName = kind === 'object' ? new Map() : null;
  }

  get isContainer() {
    return this.kind === 'object' || this.kind === 'array';
  }

  isThere(step) {
    return this.born <= step && step < this.gone;
  }

  /** The children after a step, in document order. */
  childrenAt(step) {
    const end = lastAt(this.children, step, (child) => child.born) + 1;
    const born = end === this.children.length ? this.children : this.children.slice(0, end);
    return this.hasReplaced ? born.filter((child) => child.isThere(step)) : born;
  }

  add(child, step) {
    if (this.byName) {
      const replaced = this.byName.get(child.key);
      if (replaced) {
        replaced.gone = step;
        this.hasReplaced = true;
      }

      this.byName.set(child.key, child);
    }

    this.children.push(child);
  }

  find(token) {
    return this.byName ? this.byName.get(token) : this.children[Number(token)];
  }
}

export class GrowingTree {
  #roots = [];

  /** Applies one change that a step told of. */
  apply(change, step) {
    switch (change.event) {
      case 'started':
        this.#add(change, step);
        break;
      case 'string_delta':
        this.#find(tokens(change.pointer))?.text.append(step, change.text);
        break;
      case 'completed': {
        const node = change.text === undefined ? this.#find(tokens(change.pointer)) : this.#add(change, step);
        if (node.text) {
          node.text.append(step, change.text ?? '');
        } else {
          node.literal = change.text ?? null;
        }

        node.completed = step;
        break;
      }
    }
  }

  rootAt(step) {
    const root = this.#roots[lastAt(this.#roots, step, (node) => node.born)];
    return root?.isThere(step) ? root : undefined;
  }

  /** The value after a step as closed JSON text; an empty text while there is none. */
  jsonAt(step) {
    const root = this.rootAt(step);
    return root ? json(root, step) : '';
  }

  #add(change, step) {
    const path = tokens(change.pointer);
    const parent = path.length === 0 ? null : this.#find(path.slice(0, -1));
    const key = parent === null ? null : parent.kind === 'array' ? parent.children.length : path.at(-1);
    const node = new Node(key, change.kind, step);
    if (parent) {
      parent.add(node, step);
    } else {
      const before = this.#roots.at(-1);
      if (before) {
        before.gone = step;
      }

      this.#roots.push(node);
    }

    return node;
  }

  #find(path) {
    let node = this.#roots.at(-1);
    for (const token of path) {
      node = node?.find(token);
    }

    return node;
  }
}

/** The reference tokens of a pointer (RFC 6901). */
function tokens(pointer) {
  return pointer === '' ? [] : pointer.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function json(node, step) {
  switch (node.kind) {
    case 'object':
      return `{${node.childrenAt(step).map((child) => `${JSON.stringify(child.key)}:${json(child, step)}`).join(',')}}`;
    case 'array':
      return `[${node.childrenAt(step).map((child) => json(child, step)).join(',')}]`;
    case 'string':
      return JSON.stringify(node.text.at(step));
    default:
      return node.literal;
  }
}
