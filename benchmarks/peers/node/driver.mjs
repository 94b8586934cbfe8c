// node driver.mjs FILE CHUNK BUDGET_MS: reads the document in chunks of so many bytes with each peer, a value after every chunk, and prints a line of
// JSON a peer: {"peer","version","ns","brokenOff"} (one pass over the document), or {"peer","missing"} or {"peer","version","wrong"}.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const [file, chunkText, budgetText] = process.argv.slice(2);
const bytes = readFileSync(file);
const size = Number(chunkText) || bytes.length;
const budget = BigInt(budgetText) * 1_000_000n;
const expected = JSON.parse(bytes.toString("utf8"));

// Processor time of the process, in nanoseconds: on a shared machine the turns of the others do not count.
const now = () => { const { user, system } = process.cpuUsage(); return BigInt(user + system) * 1000n; };

class OverBudget extends Error {}

// Parsers of strings need the bytes decoded; a character that is cut waits for its rest, as a server must do it.
function* texts(deadline) {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += size) {
    if (now() > deadline) throw new OverBudget();
    yield decoder.decode(bytes.subarray(at, at + size), { stream: at + size < bytes.length });
  }
}

const again = (parse) => async (deadline) => {
  let text = "", value;
  for (const part of texts(deadline)) {
    text += part;
    value = text.length > 0 ? await parse(text) : undefined;
  }
  return value;
};

const peers = {
  jsonriver: async () => {
    const { parse } = await import("jsonriver");
    return async (deadline) => {
      let value;
      async function* source() { yield* texts(deadline); }
      for await (value of parse(source())) { /* the last one is the whole */ }
      return value;
    };
  },
  "@streamparser/json": async () => {
    const { JSONParser } = await import("@streamparser/json");
    return async (deadline) => {
      const parser = new JSONParser({ paths: ["$"], keepStack: true, emitPartialTokens: true, emitPartialValues: true });
      let value;
      parser.onValue = (event) => { value = event.value; };
      for (let at = 0; at < bytes.length; at += size) {
        if (now() > deadline) throw new OverBudget();
        parser.write(bytes.subarray(at, at + size));
      }
      return value;
    };
  },
  "partial-json": async () => {
    const { parse } = await import("partial-json");
    return again((text) => parse(text));
  },
  ai: async () => {
    const { parsePartialJson } = await import("ai");
    return again(async (text) => (await parsePartialJson(text)).value);
  },
  openai: async () => {
    const { partialParse } = await import("openai/_vendor/partial-json-parser/parser.mjs");
    return again((text) => partialParse(text));
  },
  "@anthropic-ai/sdk": async () => {
    const { partialParse } = await import("@anthropic-ai/sdk/_vendor/partial-json-parser/parser.mjs");
    return again((text) => partialParse(text));
  },
};

const versionOf = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;

async function time(run) {
  const samples = [];
  const end = now() + budget;
  do {
    const start = now();
    await run(start + budget);
    samples.push(Number(now() - start));
  } while (now() < end && samples.length < 200);
  // The first ones are not optimised yet.
  const warm = samples.slice(Math.floor(samples.length / 2)).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)];
}

for (const [peer, load] of Object.entries(peers)) {
  let run, version;
  try {
    run = await load();
    version = versionOf(peer);
  } catch (e) {
    console.log(JSON.stringify({ peer, missing: String(e.code ?? e.message) }));
    continue;
  }
  const start = now();
  try {
    const value = await run(start + budget);
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value ?? null)), expected)) {
      console.log(JSON.stringify({ peer, version, wrong: true }));
      continue;
    }
    console.log(JSON.stringify({ peer, version, ns: await time(run), brokenOff: false }));
  } catch (e) {
    const ns = Number(now() - start);
    console.log(JSON.stringify(e instanceof OverBudget ? { peer, version, ns, brokenOff: true } : { peer, version, wrong: String(e.message).slice(0, 80) }));
  }
}
