/** The run's own patterns as Python writes them, so that what is exported cannot drift away from the run. */

/** Python's `re` knows no classes of Unicode by name; its `\w` holds letters, digits and the underscore. */
function translated(source: string): string {
  return source
    .replaceAll('\\p{L}\\p{N}', '\\w')
    .replaceAll('\\p{N}', '\\d')
    .replaceAll('\\p{Lu}', '[A-ZÀ-ÖØ-Þ]')
    .replaceAll('\\p{Ll}', '[a-zß-öø-ÿ]')
    .replaceAll('\\p{L}', '[^\\W\\d_]')
    .replaceAll('\\/', '/');
}

/** A raw string; none of the patterns has both kinds of quotes next to each other three times. */
export function rawPython(text: string): string {
  if (!text.includes('"')) return `r"${text}"`;
  return text.includes("'") ? `r"""${text}"""` : `r'${text}'`;
}

/** @returns `re.compile(…)` */
export function pythonPattern(pattern: RegExp): string {
  const flags = [pattern.ignoreCase ? 're.I' : '', pattern.multiline ? 're.M' : ''].filter(
    (flag) => flag !== '',
  );
  return `re.compile(${[rawPython(translated(pattern.source)), flags.join(' | ')].filter(Boolean).join(', ')})`;
}
