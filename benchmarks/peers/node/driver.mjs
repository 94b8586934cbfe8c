// Peers of Node. First a line that says who is there; then, for each line "peer TAB task TAB file TAB chunk TAB milliseconds TAB field" of the input, one
// with what the peer needed: {"ns","digest","brokenOff"} or {"error"}. Times are processor time of the process, garbage collection included.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const now = () => { const { user, system } = process.cpuUsage(); return (user + system) * 1000; };

class OverBudget extends Error {}

// FNV-1a of words of 64 bits and of texts with their length: the same digest as that of the caller.
class Digest {
  value = 14695981039346656037n;
  #view = new DataView(new ArrayBuffer(8));
  #encoder = new TextEncoder();
  byte(b) { this.value = BigInt.asUintN(64, (this.value ^ BigInt(b)) * 1099511628211n); }
  word(n) { this.#view.setBigUint64(0, BigInt(n), true); this.#words(); }
  number(n) { this.#view.setFloat64(0, n, true); this.#words(); }
  #words() { for (let i = 0; i < 8; i++) this.byte(this.#view.getUint8(i)); }
  text(s) { const utf8 = this.#encoder.encode(s); this.word(utf8.length); for (const b of utf8) this.byte(b); }
  literal(v) { this.word(v === true ? 5 : v === false ? 6 : 7); }
  json(v) {
    if (Array.isArray(v)) { for (const item of v) this.json(item); this.word(93); }
    else if (typeof v === "string") this.text(v);
    else if (typeof v === "number") this.number(v);
    else if (v !== null && typeof v === "object") { for (const name of Object.keys(v)) { this.text(name); this.json(v[name]); } this.word(125); }
    else if (v === undefined) this.word(0);
    else this.literal(v);
  }
}

// Parsers of strings need the bytes decoded; a character that is cut waits for its rest, as a program must do it.
function* texts(input) {
  const decoder = new TextDecoder();
  for (let at = 0; at < input.bytes.length; at += input.size) {
    if (now() > input.deadline) throw new OverBudget();
    yield decoder.decode(input.bytes.subarray(at, at + input.size), { stream: at + input.size < input.bytes.length });
  }
}

let sink = 0;
function look(value, field) {
  const seen = (Array.isArray(value) ? value[0] : value)?.[field];
  sink += typeof seen === "string" ? seen.length : 0;
}

// The whole text again after every chunk: a value, and a look at one field.
const again = (parse) => async (input, digest) => {
  let text = "", value;
  for (const part of texts(input)) {
    text += part;
    if (text.length > 0) { value = parse(text); if (value instanceof Promise) value = await value; }
    look(value, input.field);
  }
  digest?.json(value);
};

const makers = {
  "jsonriver": async () => {
    const { parse } = await import("jsonriver");
    return { snapshot: async (input, digest) => {
      async function* source() { yield* texts(input); }
      let value;
      for await (value of parse(source())) look(value, input.field);
      digest?.json(value);
    } };
  },
  "@streamparser/json": async () => {
    const { JSONParser, Tokenizer, TokenType } = await import("@streamparser/json");
    return {
      events: (input, digest) => {
        const tokenizer = new Tokenizer();
        const { STRING, NUMBER, TRUE, FALSE, NULL, COLON, RIGHT_BRACE, RIGHT_BRACKET } = TokenType;
        // A string is a name or a value: the colon behind it tells.
        let text = null;
        tokenizer.onToken = ({ token, value }) => {
          if (token === COLON) { text = null; return; }
          if (text !== null) { sink += text.length; digest?.text(text); text = null; }
          switch (token) {
            case STRING: text = value; break;
            case NUMBER: sink++; digest?.number(value); break;
            case TRUE: case FALSE: case NULL: sink++; digest?.literal(value); break;
            case RIGHT_BRACE: sink++; digest?.word(125); break;
            case RIGHT_BRACKET: sink++; digest?.word(93); break;
          }
        };
        for (let at = 0; at < input.bytes.length; at += input.size) {
          if (now() > input.deadline) throw new OverBudget();
          tokenizer.write(input.bytes.subarray(at, at + input.size));
        }
      },
      snapshot: (input, digest) => {
        const parser = new JSONParser({ paths: ["$"], keepStack: true, emitPartialTokens: true, emitPartialValues: true });
        let value;
        parser.onValue = (event) => { value = event.value; };
        for (let at = 0; at < input.bytes.length; at += input.size) {
          if (now() > input.deadline) throw new OverBudget();
          parser.write(input.bytes.subarray(at, at + input.size));
          look(value, input.field);
        }
        digest?.json(value);
      },
    };
  },
  "partial-json": async () => { const { parse } = await import("partial-json"); return { snapshot: again((text) => parse(text)) }; },
  "ai": async () => { const { parsePartialJson } = await import("ai"); return { snapshot: again(async (text) => (await parsePartialJson(text)).value) }; },
  "openai": async () => { const { partialParse } = await import("openai/_vendor/partial-json-parser/parser.mjs"); return { snapshot: again(partialParse) }; },
  "@anthropic-ai/sdk": async () => { const { partialParse } = await import("@anthropic-ai/sdk/_vendor/partial-json-parser/parser.mjs"); return { snapshot: again(partialParse) }; },
};

async function measure(run, path, chunk, milliseconds, field) {
  const bytes = readFileSync(path);
  const budget = milliseconds * 1e6;
  const input = { bytes, size: chunk || bytes.length, field, deadline: now() + 4 * budget };
  const digest = new Digest();
  let start = now();
  try {
    await run(input, digest);
    const samples = [];
    const end = now() + budget;
    do {
      start = now();
      input.deadline = start + 4 * budget;
      await run(input, null);
      samples.push(now() - start);
    } while (now() < end && samples.length < 2000);
    // The clock ticks in microseconds and jumps by more: short runs are added up. Those of the first half are not optimised yet.
    const half = samples.slice(samples.length >> 1);
    return { ns: half.reduce((a, b) => a + b, 0) / half.length, digest: digest.value.toString(16).padStart(16, "0"), brokenOff: false };
  } catch (e) {
    if (e instanceof OverBudget) return { ns: now() - start, brokenOff: true };
    return { error: String(e.message ?? e).slice(0, 100) };
  }
}

const versionOf = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
const peers = {};
const list = [];
for (const [name, make] of Object.entries(makers)) {
  try {
    peers[name] = await make();
    list.push({ name: `${name} ${versionOf(name)}`, tasks: Object.keys(peers[name]) });
    peers[list.at(-1).name] = peers[name];
  } catch (e) {
    list.push({ name, missing: String(e.code ?? e.message) });
  }
}

console.log(JSON.stringify({ runtime: `Node ${process.versions.node}`, peers: list }));
for await (const line of createInterface({ input: process.stdin })) {
  const [peer, task, path, chunk, milliseconds, field] = line.split("\t");
  console.log(JSON.stringify(await measure(peers[peer][task], path, Number(chunk), Number(milliseconds), field)));
}
