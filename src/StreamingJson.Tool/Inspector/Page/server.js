// What the page asks of its server, and nothing else.

/** Calls back with the list of streams, now and whenever it changed. */
export function watch(onList) {
  const source = new EventSource('/api/watch');
  source.onmessage = (event) => onList(JSON.parse(event.data));
}

/** Reads the steps of a stream as they come. Throws what the server says when it refuses. */
export async function* readSteps(id, signal) {
  const response = await fetch(`/api/streams/${id}`, { signal });
  if (!response.ok) {
    throw new Error((await response.json()).error);
  }

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }

    const lines = (rest + value).split('\n');
    rest = lines.pop();
    const records = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    if (records.length > 0) {
      yield records;
    }
  }
}

/** Gives the server a body to show; its number. Throws what the server says when it refuses. */
export async function add(body, title) {
  const response = await fetch(`/api/streams?title=${encodeURIComponent(title)}`, { method: 'POST', body });
  const answer = await response.json().catch(() => ({ error: `The server answered ${response.status}.` }));
  if (!response.ok) {
    throw new Error(answer.error);
  }

  return answer.id;
}
