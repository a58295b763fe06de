/** The simulated model in five sentences, for its page. The code of this folder is what they describe. */
export const simulatedExplanation: readonly string[] = [
  'This is not a language model: it is a small program that behaves like one, for machines without a GPU, for demonstrations and for tests.',
  'Every task declares what its answers depend on, such as an answer format, a needed step or a hidden convention, and every example needs some of these.',
  'A prompt covers such a point when one of its sentences states it; each needed point that is not covered mostly leads to the typical wrong answer, and harmful or very long prompts make every answer less certain.',
  'When it is asked to improve a prompt it sees nothing but the text it is given: with limited skill it names a point that the shown failures need, and otherwise it writes something useless, something harmful or a broken reply.',
  'Chance is drawn from the text of the request and its seed, so the same request always gets the same reply, and the model never knows which method is asking.',
];
