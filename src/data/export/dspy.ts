/**
 * DSPy in two forms: a program that sends the messages to the letter, and a signature that DSPy's own adapters and
 * optimizers can work on (they wrap the text, so that its score may differ).
 */
import { dspyMetric } from './dspy-metric.ts';
import { commentLine, commentLines, literalLines, quoted } from './literals.ts';
import { pythonExample, pythonMessages } from './python.ts';
import { identifiers, type RequestTemplate } from './request-template.ts';
import { promptOf, type ResultToExport } from './result.ts';
import { readingInWords, scoringInWords } from './scoring.ts';

const noMetric = 'That takes more than a few lines of Python: write the metric function for DSPy yourself.';
const taken = ['answer', 'signature', 'demos', 'config', 'alternatives'];

export function toDspy(result: ResultToExport, template: RequestTemplate): string {
  const fields = identifiers(template.names.length === 0 ? ['input'] : template.names, taken);
  const inputs = fields.map((name) => `    ${name}: str = dspy.InputField()`).join('\n');
  const metric = dspyMetric(result.task);
  const scoring = metric === null ? [...scoringInWords(result.task), noMetric] : scoringInWords(result.task);
  const imports = ['json', 're', 'unicodedata'].filter((name) => metric?.includes(`${name}.`) ?? false);
  return `# ${commentLine(result.name)}
${commentLines(scoring, '#')}
# pip install dspy
${imports.map((name) => `import ${name}\n`).join('')}${imports.length === 0 ? '' : '\n'}import dspy

INSTRUCTIONS = (
    ${literalLines(promptOf(result)).join('\n    ')}
)


${pythonMessages(template)}


class AsScored(dspy.Module):
    """Sends exactly what was scored; no adapter adds to it. Call it with the example's values by name."""

    def forward(self, **example):
        reply = dspy.settings.lm(
            messages=messages_for(example),
            temperature=${template.temperature},
            max_tokens=${template.maxTokens},
            stop=${JSON.stringify(template.stop)},
        )[0]
        return dspy.Prediction(answer=reply if isinstance(reply, str) else reply["text"])


class Task(dspy.Signature):
${inputs}
    answer: str = dspy.OutputField()


# For DSPy's optimizers. Its adapter writes its own frame around the instructions.
program = dspy.Predict(Task.with_instructions(INSTRUCTIONS))
${metric === null ? '' : `\n\n${commentLines(readingInWords('The metric', result.task.metric), '#')}\n${metric}\n\n`}
if __name__ == "__main__":
    dspy.configure(lm=dspy.LM(${quoted(`openai/${result.endpoint?.model ?? 'your-model'}`)}, api_base=${quoted(result.endpoint?.baseUrl ?? 'http://localhost:11434/v1')}, api_key="none"))
    print(AsScored()(**${pythonExample(template)}).answer)
`;
}
