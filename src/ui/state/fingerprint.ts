/** SHA-256 of a text's UTF-8 bytes in hexadecimal; null where the browser offers none (plain http). */
export async function fingerprint(text: string): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
