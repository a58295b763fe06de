/** HTML as text. Whatever is put into a template is escaped, unless it is HTML made here. */

export interface Html {
  readonly html: string;
}

type Inserted = string | number | Html | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function insert(value: Inserted): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((part) => part.html).join('');
}

export function html(texts: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  const parts = texts.map((text, index) => {
    const value = values[index];
    return value === undefined ? text : text + insert(value);
  });
  return { html: parts.join('') };
}

export const nothing: Html = { html: '' };
