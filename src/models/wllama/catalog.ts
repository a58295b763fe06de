/** Small instruction models for the CPU, as GGUF files. Anything larger answers too slowly for hundreds of calls. */

export interface SmallModel {
  readonly id: string;
  /** The makers' name, for the page. */
  readonly name: string;
  readonly url: string;
  /** As the model's page says it. */
  readonly downloadBytes: number;
  readonly parameters: number;
  /** Number format of the weights, e.g. "Q8_0": 8 bits. */
  readonly quantization: string;
  readonly licence: string;
}

/** Smallest first. */
export const smallModels: readonly SmallModel[] = [
  {
    id: 'SmolLM2-135M-Instruct-Q8_0',
    name: 'SmolLM2 135M',
    url: 'https://huggingface.co/bartowski/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct-Q8_0.gguf',
    downloadBytes: 145e6,
    parameters: 135e6,
    quantization: 'Q8_0',
    licence: 'Apache 2.0',
  },
  {
    id: 'gemma-3-270m-it-Q8_0',
    name: 'Gemma 3 270M',
    url: 'https://huggingface.co/unsloth/gemma-3-270m-it-GGUF/resolve/main/gemma-3-270m-it-Q8_0.gguf',
    downloadBytes: 292e6,
    parameters: 270e6,
    quantization: 'Q8_0',
    licence: 'Gemma Terms',
  },
  {
    id: 'SmolLM2-360M-Instruct-Q8_0',
    name: 'SmolLM2 360M',
    url: 'https://huggingface.co/HuggingFaceTB/SmolLM2-360M-Instruct-GGUF/resolve/main/smollm2-360m-instruct-q8_0.gguf',
    downloadBytes: 386e6,
    parameters: 360e6,
    quantization: 'Q8_0',
    licence: 'Apache 2.0',
  },
  {
    id: 'Qwen2.5-0.5B-Instruct-Q8_0',
    name: 'Qwen2.5 0.5B',
    url: 'https://huggingface.co/bartowski/Qwen2.5-0.5B-Instruct-GGUF/resolve/main/Qwen2.5-0.5B-Instruct-Q8_0.gguf',
    downloadBytes: 531e6,
    parameters: 490e6,
    quantization: 'Q8_0',
    licence: 'Apache 2.0',
  },
  {
    id: 'Qwen3-0.6B-Q8_0',
    name: 'Qwen3 0.6B',
    url: 'https://huggingface.co/Qwen/Qwen3-0.6B-GGUF/resolve/main/Qwen3-0.6B-Q8_0.gguf',
    downloadBytes: 639e6,
    parameters: 600e6,
    quantization: 'Q8_0',
    licence: 'Apache 2.0',
  },
];
