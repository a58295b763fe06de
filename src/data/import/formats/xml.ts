/**
 * A reader for the XML inside workbooks: elements, attributes and text in order. Workers have no DOMParser; what
 * spreadsheets write needs no more than this (no DTD, no entities but the five and numbers).
 */

export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

const PIECES =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<[?!][^>]*>|<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Names come without their namespace. An element that closes itself is reported as opened and closed. */
export function* readXml(xml: string): Generator<XmlEvent> {
  for (const [, cdata, slash, name, attributes = '', selfClosing, text] of xml.matchAll(PIECES)) {
    if (text !== undefined) yield { kind: 'text', text: decode(text) };
    else if (cdata !== undefined) yield { kind: 'text', text: cdata };
    else if (name !== undefined) {
      if (slash !== '/') yield { kind: 'open', name, attributes };
      if (slash === '/' || selfClosing === '/') yield { kind: 'close', name };
    }
  }
}

/** An attribute's value; null when there is none. `name` with its prefix, as in `r:id`. */
export function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? null : decode(value);
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
