/** How a GGUF file of the person's own is addressed: by its name in the browser's private file system (OPFS). */
const scheme = 'opfs:';

export function isOwnFile(url: string): boolean {
  return url.startsWith(scheme);
}

export function addressOfOwnFile(name: string): string {
  return scheme + name;
}

export function nameOfOwnFile(url: string): string {
  return url.slice(scheme.length);
}
