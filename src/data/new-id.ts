/** An id that is new everywhere. Not `randomUUID`: pages that came by plain http, as in a classroom, lack it. */
export function newId(kind: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${kind}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
