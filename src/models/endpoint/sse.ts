/** Server-sent events, as far as chat completions use them: the data of each event, in order. */

/**
 * Pieces of the stream end anywhere: within a line, between CR and LF, within a character. Comments (": keep-alive")
 * and other fields are left out. An event the stream ends in, without its empty line, counts: some servers end so.
 */
export async function* eventData(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of lines(stream)) {
    const field = /^data:? ?(.*)$/s.exec(line);
    if (field?.[1] !== undefined) data.push(field[1]);
    if (line === '' && data.length > 0) {
      yield data.join('\n');
      data = [];
    }
  }
  if (data.length > 0) yield data.join('\n');
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of texts(stream)) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield withoutReturn(part);
  }
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Not `for await` over the stream itself: Safari cannot. Leaving early closes the connection. */
async function* texts(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield decoder.decode(value, { stream: !done });
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
