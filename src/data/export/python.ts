/** Python for any OpenAI-compatible server; builds the same messages, to the letter, that were scored. */
import { commentLine, commentLines, quoted, sumOf } from './literals.ts';
import type { RequestTemplate, TemplatePart } from './request-template.ts';
import type { ResultToExport } from './result.ts';
import { scoringInWords } from './scoring.ts';

const value = (name: string): string => `example[${quoted(name)}]`;
const term = (parts: readonly TemplatePart[]): string => sumOf(parts, '        ', value);

/** `messages_for(example)`, which the DSPy snippet uses too. */
export function pythonMessages({ system, user }: RequestTemplate): string {
  const lines = ['def messages_for(example):'];
  lines.push(`    user = (\n        ${term(user)}\n    )`);
  if (system.length === 0) return [...lines, '    return [{"role": "user", "content": user}]'].join('\n');
  lines.push(`    system = (\n        ${term(system)}\n    )`);
  lines.push('    return [{"role": "system", "content": system}, {"role": "user", "content": user}]');
  return lines.join('\n');
}

export function pythonExample({ names }: RequestTemplate): string {
  return `{${names.map((name) => `${quoted(name)}: "…"`).join(', ')}}`;
}

export function toPython(result: ResultToExport, template: RequestTemplate): string {
  const { baseUrl, model } = result.endpoint ?? { baseUrl: 'http://localhost:11434/v1', model: 'your-model' };
  return `# ${commentLine(result.name)}: the prompt with its fixed text, as it was scored.
${commentLines(scoringInWords(result.task), '#')}
# pip install openai
import os

from openai import OpenAI

# Any OpenAI-compatible server: change the address and the model's name.
client = OpenAI(base_url=${quoted(baseUrl)}, api_key=os.environ.get("OPENAI_API_KEY", "none"))


${pythonMessages(template)}


def ask(example):
    reply = client.chat.completions.create(
        model=${quoted(model)},
        messages=messages_for(example),
        temperature=${template.temperature},
        max_tokens=${template.maxTokens},
        stop=${JSON.stringify(template.stop)},
    )
    return reply.choices[0].message.content


if __name__ == "__main__":
    print(ask(${pythonExample(template)}))
`;
}
