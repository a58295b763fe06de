/** How an example is put to the task model: the instruction first, the example last, so that a KV cache can be reused. */
import type { CompletionRequest } from '../language-model.ts';
import { renderPrompt } from '../prompt/template.ts';
import type { Example, Metric, Task } from '../types.ts';

/** What a model would go on with after its answer: an invented next question. */
const inventedQuestion = ['\nQ:', '\nQuestion:', '\nInput:'];

/** True where an answer is one line: the line that gives it ends the reply, as the form that was asked for does. */
function isOneLine(metric: Metric): boolean {
  switch (metric.kind) {
    case 'multiple-choice':
    case 'yes-no':
    case 'label':
    case 'number':
    case 'exact':
    case 'levenshtein':
      return true;
    case 'self-consistency':
      return isOneLine(metric.answers);
    case 'list': // one may be written down item by item
    case 'json':
    case 'contains':
    case 'starts-with':
    case 'regex':
    case 'token-f1':
    case 'rouge-l':
    case 'judge':
    case 'javascript':
      return false;
  }
}

export function answerRequest(task: Task, promptText: string, example: Example): CompletionRequest {
  const { suffix, maxTokens, constrain } = task.answer;
  const { system, prompt } = renderPrompt(promptText, example);
  const isConstrained = constrain && task.choices.length > 0;
  return {
    purpose: 'answer',
    system,
    prompt: suffix && !isConstrained ? `${prompt}\n\n${suffix}` : prompt,
    maxTokens,
    temperature: 0,
    seed: 0,
    stop: inventedQuestion,
    ...(suffix && !isConstrained && isOneLine(task.metric) ? { until: 'answer-line' } : {}),
    ...(isConstrained ? { constraint: { kind: 'choice', choices: task.choices } } : {}),
  };
}
