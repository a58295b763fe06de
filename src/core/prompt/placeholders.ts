/** `{{name}}` on one line; every occurrence. What it names is the template's concern. */
export const doubleBraces = /\{\{[^{}\r\n]*\}\}/g;

/** Also `{name}`, which is a placeholder where the name is a known one. */
export const bracedNames = /\{\{[^{}\r\n]*\}\}|\{[A-Za-z_]\w*\}/g;
