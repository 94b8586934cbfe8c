// Reads an answer with the packages that browsers use, and prints what they made of it as one line of JSON.
// node read.mjs ui|ag-ui|patch URL, with the packages in node_modules beside it
import { DefaultChatTransport, readUIMessageStream } from 'ai';
import { HttpAgent } from '@ag-ui/client';
import jsonPatch from 'fast-json-patch';

const [, , format, url] = process.argv;
const readers = { ui: readUIMessages, 'ag-ui': readAgUI, patch: readPatches };
console.log(JSON.stringify(await readers[format]()));

// What useChat does, without React.
async function readUIMessages() {
  const transport = new DefaultChatTransport({ api: url });
  const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }];
  const stream = await transport.sendMessages({ chatId: '1', messages, trigger: 'submit-message', messageId: undefined, abortSignal: undefined });
  const states = [];
  let error = null;
  for await (const message of readUIMessageStream({ stream, onError: fault => { error = fault.message; } })) {
    states.push(structuredClone(message));
  }

  return { states: states.length, partial: states.flatMap(state => state.parts).some(part => part.state === 'input-streaming' && part.input), message: states.at(-1), error };
}

async function readAgUI() {
  const agent = new HttpAgent({ url });
  const types = [];
  let error = null;
  try {
    await agent.runAgent({ runId: 'r1' }, { onEvent: ({ event }) => { types.push(event.type); }, onRunErrorEvent: ({ event }) => { error = event.message; } });
  } catch (fault) {
    error ??= fault.message;
  }

  return { types, messages: agent.messages, error };
}

async function readPatches() {
  const response = await fetch(url);
  const body = await response.text();
  let document = null;
  for (const event of body.split('\n\n').filter(event => event.startsWith('data: '))) {
    document = jsonPatch.applyPatch(document, JSON.parse(event.slice(6)), true).newDocument;
  }

  return { document };
}
