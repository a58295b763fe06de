/**
 * Writes a WebLLM model folder for a model library: weights are random (seeded), shapes are real, the tokenizer is a
 * byte-level BPE learned from this project's own sources. Many tensors share the same bytes of a shard, so that
 * 88 MB on disk stand for the whole model. usage: make-model.mjs MODEL_LIB.wasm FOLDER
 */
import fs from 'node:fs';
import path from 'node:path';

const mergeCount = 1500;
const special = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
const wordPattern = ' ?[A-Za-z]+| ?[0-9]+| ?[^\\sA-Za-z0-9]+|\\s+';

/** The model's description as JSON, which the compiler put into the library. */
function readMetadata(library) {
  const start = library.indexOf('{"model_type"');
  if (start < 0) throw new Error('This is not a model library: it holds no description of a model.');
  let depth = 0;
  let end = start;
  do {
    if (library[end] === 0x7b) depth++;
    if (library[end] === 0x7d) depth--;
    end++;
  } while (depth > 0);
  return JSON.parse(library.subarray(start, end).toString('utf8'));
}

/** xorshift32 */
function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
  return { bits: next, share: () => next() / 2 ** 32 };
}

/** GPT-2's printable stand-in for every byte. */
function byteAlphabet() {
  const isPrintable = (byte) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(isPrintable(byte) ? byte : 256 + others++),
  );
}

function projectText() {
  const root = path.join(import.meta.dirname, '..', '..', '..', 'src');
  const files = fs.readdirSync(root, { recursive: true }).filter((file) => /\.ts$/.test(file));
  const texts = files.sort().map((file) => fs.readFileSync(path.join(root, file), 'utf8'));
  return texts
    .join('\n')
    .replace(/[^\x20-\x7e\n]/g, ' ')
    .slice(0, 300_000);
}

function countWords(text, alphabet) {
  const counts = new Map();
  for (const [word] of text.matchAll(new RegExp(wordPattern, 'g')))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => ({
    pieces: [...Buffer.from(word)].map((byte) => alphabet[byte]),
    count,
  }));
}

function mostFrequentPair(words) {
  const counts = new Map();
  for (const { pieces, count } of words) {
    for (let i = 0; i + 1 < pieces.length; i++) {
      const pair = `${pieces[i]} ${pieces[i + 1]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + count);
    }
  }
  return [...counts].reduce((best, pair) => (pair[1] > best[1] ? pair : best), ['', 1])[0];
}

function merge(pieces, left, right) {
  const merged = [];
  for (let i = 0; i < pieces.length; i++) {
    if (pieces[i] === left && pieces[i + 1] === right) merged.push(left + pieces[++i]);
    else merged.push(pieces[i]);
  }
  return merged;
}

function learnTokenizer() {
  const alphabet = byteAlphabet();
  const words = countWords(projectText(), alphabet);
  const vocabulary = new Map(alphabet.map((piece, id) => [piece, id]));
  const merges = [];
  while (merges.length < mergeCount) {
    const pair = mostFrequentPair(words);
    if (pair === '') break;
    const [left, right] = pair.split(' ');
    merges.push(pair);
    if (!vocabulary.has(left + right)) vocabulary.set(left + right, vocabulary.size);
    for (const word of words) word.pieces = merge(word.pieces, left, right);
  }
  const ids = Object.fromEntries(special.map((token, i) => [token, vocabulary.size + i]));
  return { vocabulary, merges, ids, size: vocabulary.size + special.length };
}

function tokenizerFile({ vocabulary, merges, ids }) {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };
  const split = { type: 'Split', pattern: { Regex: wordPattern }, behavior: 'Isolated', invert: false };
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content) => ({ id: ids[content], content, ...flags })),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevel] },
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(vocabulary),
      merges,
    },
  };
}

function chatConfig(metadata, vocabularySize, ids) {
  const ends = ['<|endoftext|>', '<|im_end|>'];
  return {
    version: '0.1.0',
    model_type: metadata.model_type,
    quantization: metadata.quantization,
    vocab_size: vocabularySize,
    context_window_size: metadata.context_window_size,
    sliding_window_size: -1,
    attention_sink_size: -1,
    prefill_chunk_size: metadata.prefill_chunk_size,
    temperature: 0.7,
    presence_penalty: 0,
    frequency_penalty: 0,
    repetition_penalty: 1.0,
    top_p: 0.95,
    tokenizer_files: ['tokenizer.json'],
    tokenizer_info: {
      token_postproc_method: 'byte_level',
      prepend_space_in_encode: false,
      strip_space_in_decode: false,
    },
    conv_template: {
      name: 'chatml',
      system_template: '<|im_start|>system\n{system_message}',
      system_message: 'You are a helpful assistant.',
      system_prefix_token_ids: null,
      add_role_after_system_message: true,
      roles: { user: '<|im_start|>user', assistant: '<|im_start|>assistant', tool: '<|im_start|>tool' },
      role_templates: { user: '{user_message}', assistant: '{assistant_message}', tool: '{tool_message}' },
      messages: [],
      seps: ['<|im_end|>\n'],
      role_content_sep: '\n',
      role_empty_sep: '\n',
      stop_str: ends,
      stop_token_ids: ends.map((token) => ids[token]),
      function_string: '',
      use_function_calling: false,
    },
    pad_token_id: ids['<|endoftext|>'],
    bos_token_id: ids['<|endoftext|>'],
    eos_token_id: ends.map((token) => ids[token]),
  };
}

const bytesOf = ({ shape }) => shape.reduce((product, size) => product * size, 1) * 4;
const isEmbedding = ({ name }) => /embed_tokens|lm_head/.test(name);
const isPacked = ({ dtype }) => dtype === 'uint32';
const isScale = ({ name }) => name.endsWith('q_scale');
const isNorm = ({ name }) => name.endsWith('norm.weight');

/** Which shard a tensor's bytes come from. Attention gets larger scales, so that the context matters to the reply. */
function shardOf(parameter) {
  if (isPacked(parameter)) return 'packed';
  if (isEmbedding(parameter)) return 'embeddingScales';
  if (/c_attn\.q_scale$/.test(parameter.name)) return 'attentionScales';
  if (isScale(parameter)) return 'scales';
  return isNorm(parameter) ? 'norms' : 'biases';
}

function makeShards(parameters, knownTokens) {
  const random = createRandom(0x12345678);
  const largest = (shard) =>
    Math.max(4096, ...parameters.filter((p) => shardOf(p) === shard).map(bytesOf)) / 4;
  const embedding = parameters.find((p) => isEmbedding(p) && isScale(p));
  const scales = Float32Array.from(
    { length: largest('scales') + 65_536 },
    () => 0.004 * (0.5 + random.share()),
  );
  return {
    packed: Uint32Array.from({ length: largest('packed') }, () => evenNibbles(random.bits())),
    // Tokens that the tokenizer does not know get the scale 0, hence the logit 0, and never win.
    embeddingScales: Float32Array.from({ length: bytesOf(embedding) / 4 }, (_, i) =>
      i < knownTokens * embedding.shape[1] ? 0.06 * (0.5 + random.share()) : 0,
    ),
    scales,
    attentionScales: scales.map((scale) => scale * 4),
    norms: new Float32Array(largest('norms') + 64).fill(1),
    biases: Float32Array.from({ length: largest('biases') + 4096 }, () => (random.share() - 0.5) * 0.2),
  };
}

/** Weights of 4 bits mean 0 … 15 less 7; without 15 their mean is 0, and the net does not collapse to one direction. */
function evenNibbles(word) {
  let even = word;
  for (let shift = 0; shift < 32; shift += 4) {
    if (((even >>> shift) & 15) === 15) even = (even & ~(15 << shift)) | (7 << shift);
  }
  return even >>> 0;
}

function writeShards(parameters, shards, folder) {
  const names = Object.keys(shards);
  const records = names.map((name, i) => {
    const dataPath = `params_shard_${i}.bin`;
    fs.writeFileSync(path.join(folder, dataPath), Buffer.from(shards[name].buffer));
    return { dataPath, format: 'raw-shard', nbytes: shards[name].byteLength, records: [] };
  });
  parameters.forEach((parameter, i) => {
    const { name, shape, dtype } = parameter;
    const nbytes = bytesOf(parameter);
    const shard = records[names.indexOf(shardOf(parameter))];
    const room = shard.nbytes - nbytes;
    const byteOffset = Math.floor((((i * 0.37) % 1) * room) / 256) * 256;
    shard.records.push({ name, shape, dtype, format: 'raw', nbytes, byteOffset });
  });
  return records;
}

export function makeModel(libraryFile, folder) {
  const library = fs.readFileSync(libraryFile);
  const metadata = readMetadata(library);
  const tokenizer = learnTokenizer();
  const shards = makeShards(metadata.params, tokenizer.size);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'model_lib.wasm'), library);
  const records = writeShards(metadata.params, shards, folder);
  const total = metadata.params.reduce((sum, parameter) => sum + bytesOf(parameter), 0);
  const list = {
    metadata: { ParamSize: metadata.params.length, ParamBytes: total, BitsPerParam: 4.5 },
    records,
  };
  const vocabularySize = metadata.params.find((p) => isEmbedding(p) && isPacked(p)).shape[0];
  const write = (name, content) => fs.writeFileSync(path.join(folder, name), JSON.stringify(content));
  // 0.2.79 reads the one, 0.2.80 and newer the other.
  write('ndarray-cache.json', list);
  write('tensor-cache.json', list);
  write('tokenizer.json', tokenizerFile(tokenizer));
  write('mlc-chat-config.json', chatConfig(metadata, vocabularySize, tokenizer.ids));
  return {
    vocabulary: tokenizer.size,
    megabytes: Math.round(records.reduce((sum, r) => sum + r.nbytes, 0) / 1e6),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [, , libraryFile, folder] = process.argv;
  if (!libraryFile || !folder) {
    console.error('usage: make-model.mjs MODEL_LIB.wasm FOLDER');
    process.exit(2);
  }
  console.log('model of random weights:', makeModel(libraryFile, folder));
}
