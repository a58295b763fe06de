/** What a reply says, without what came before and after it: reasoning blocks, end tokens, invented questions. */

/**
 * Keeps what stands outside. A block that was never closed runs to the end: the model was still thinking. Some chat
 * templates write the opening tag into the prompt, so that the reply only closes it.
 */
function removeReasoning(text: string): string {
  let kept = '';
  let from = 0;
  let isOutside = true;
  for (const tag of text.matchAll(/<(\/?)(?:think|thinking|thought|reasoning)>/gi)) {
    const isClosing = tag[1] === '/';
    if (isOutside) kept = isClosing ? '' : kept + text.slice(from, tag.index);
    isOutside = isClosing;
    from = tag.index + tag[0].length;
  }
  return isOutside ? kept + text.slice(from) : kept;
}

/** Behind an end-of-turn token the model talks to itself. */
function cutAtEndToken(text: string): string {
  const opened = text.replace(/^\s*(?:<\|[^|<>\n]{1,40}\|>\s*)+/, '');
  const end = opened.search(/<\|[^|<>\n]{1,40}\|>|<\/s>|<(?:end|start)_of_turn>/);
  return end > 0 ? opened.slice(0, end) : opened;
}

/** A completion that runs on invents the next example. A question at the very start is a repetition of ours. */
function cutAtNextQuestion(text: string): string {
  const nextQuestion = /\n[ \t>#*_]*(?:Q|Question|Input)[ \t]*\d{0,3}[*_]*:/gi;
  for (const match of text.matchAll(nextQuestion)) {
    if (text.slice(0, match.index).trim() !== '') return text.slice(0, match.index);
  }
  return text;
}

/** Other forms of a next example, which may as well be a part of the answer. */
const nextTurn =
  /\n[ \t>#*_]*(?:Human|User|Problem|Instructions?|Task|Exercise|Example|Next question)[ \t]*\d{0,3}[*_]*:|\n#{1,6}[ \t]*(?:Question|Input|Problem)[ \t]*\d{0,3}[ \t]*(?=\n)|(?<=[.!?]) +Q:/gi;

/** Only behind an answer, or behind so few words that they must be one. */
function cutAtNextTurn(text: string): string {
  const answered = text.search(/\banswer\b[^.\n]{0,30}(?:\bis\b|:|\n)|#### |\\boxed\{/i);
  for (const { index } of text.matchAll(nextTurn)) {
    const isShort = index < 60 && /^\s*\S+(?:\s+\S+){0,2}\s*$/.test(text.slice(0, index));
    if (isShort || (answered >= 0 && answered < index)) return text.slice(0, index);
  }
  return text;
}

function removeEmphasis(text: string): string {
  return text.replace(/\*{2,3}([^*\n]+)\*{2,3}/g, '$1').replace(/`([^`\n]+)`/g, '$1');
}

export function cleanOutput(output: string): string {
  const said = cutAtEndToken(removeReasoning(output.replace(/\r\n?/g, '\n')));
  return removeEmphasis(cutAtNextTurn(cutAtNextQuestion(said))).trim();
}
