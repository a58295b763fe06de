/** JavaScript for any OpenAI-compatible server, with `fetch` alone. */
import { commentLine, commentLines, quoted, sumOf } from './literals.ts';
import type { RequestTemplate, TemplatePart } from './request-template.ts';
import type { ResultToExport } from './result.ts';
import { scoringInWords } from './scoring.ts';

const value = (name: string): string => `example[${quoted(name)}]`;
const term = (parts: readonly TemplatePart[]): string => sumOf(parts, '    ', value);

function messagesFunction({ system, user }: RequestTemplate): string {
  const first = system.length === 0 ? '' : `\n  const system =\n    ${term(system)};`;
  const both = system.length === 0 ? '' : "{ role: 'system', content: system }, ";
  return `export function messagesFor(example) {${first}
  const user =
    ${term(user)};
  return [${both}{ role: 'user', content: user }];
}`;
}

export function toJavaScript(result: ResultToExport, template: RequestTemplate): string {
  const { baseUrl, model } = result.endpoint ?? { baseUrl: 'http://localhost:11434/v1', model: 'your-model' };
  return `// ${commentLine(result.name)}: the prompt with its fixed text, as it was scored.
${commentLines(scoringInWords(result.task), '//')}
// Any OpenAI-compatible server: change the address and the model's name.
const baseUrl = ${quoted(baseUrl)};
const model = ${quoted(model)};

${messagesFunction(template)}

export async function ask(example, key = '') {
  const response = await fetch(baseUrl + '/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: 'Bearer ' + key } : {}) },
    body: JSON.stringify({
      model,
      messages: messagesFor(example),
      temperature: ${template.temperature},
      max_tokens: ${template.maxTokens},
      stop: ${JSON.stringify(template.stop)},
    }),
  });
  if (!response.ok) throw new Error('The server answered ' + response.status);
  return (await response.json()).choices[0].message.content;
}
`;
}
