/**
 * Stands in for '@mlc-ai/web-llm' where the rig builds: version 0.2.79, the newest for which a small model library can be
 * had. Its grammar compiler does not know ranges ("[a-z]{2,40}") and aborts on them; they are written out here. Long ranges
 * are cut short, for every length up to the bound costs a rule: a shorter line still keeps to the original grammar.
 */
import { MLCEngine as Engine } from 'web-llm-rig';

export * from 'web-llm-rig';

const longest = 40;

export class MLCEngine extends Engine {
  chatCompletion(request) {
    const format = request.response_format;
    if (format?.type !== 'grammar') return super.chatCompletion(request);
    return super.chatCompletion({
      ...request,
      response_format: { ...format, grammar: withoutRanges(format.grammar) },
    });
  }
}

function withoutRanges(grammar) {
  const rules = [];
  const body = grammar.replace(/(\[(?:\\.|[^\]\\])+\])\{(\d+),(\d+)\}/g, (_, characters, min, max) => {
    const name = `range${rules.length}_`;
    rules.push(
      ...chain(name, characters, Number(min), Math.max(Number(min), Math.min(Number(max), longest))),
    );
    return `${name}0`;
  });
  return [body, ...rules].join('\n');
}

function chain(name, characters, min, max) {
  return Array.from({ length: max + 1 }, (_, i) => {
    if (i === max) return `${name}${i} ::= ""`;
    return `${name}${i} ::= ${characters} ${name}${i + 1}${i >= min ? ' | ""' : ''}`;
  });
}
