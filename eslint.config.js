import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const outsideOfCore = ['**/data/**', '**/models/**', '**/storage/**', '**/workers/**', '**/ui/**'];

/**
 * What a folder may not import: core ← data, models, storage ← workers ← ui. Patterns see the import's path. Of two
 * entries for a file only the last one counts.
 */
function mayNotImport(files, groups, message, ignores = []) {
  return importRules(files, [{ group: groups, message }], ignores);
}

function importRules(files, patterns, ignores = []) {
  return {
    files,
    ignores,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'svelte/store', message: 'Use runes.' }],
          patterns: [...patterns, { group: ['svelte/legacy'], message: 'Use runes.' }],
        },
      ],
    },
  };
}

/** Of another folder's modules only these, and types of all. Pages lie in folders named alike: those are no modules. */
function onlyTypesOf(folder, message, modules = []) {
  const allowed = modules.length === 0 ? '' : `(?!(?:${modules.join('|')})\\.ts$)`;
  return { regex: `^(?:\\.\\./)+${folder}/${allowed}.*\\.ts$`, allowTypeImports: true, message };
}

/** What the page takes of `data` and `models` beside types: plain data and pure functions, no engine and no reader. */
const dataForPages = [
  'dataset',
  'edit-dataset',
  'new-id',
  'long-inputs',
  'built-in/catalog',
  'export/[^/]+',
  'import/by-address',
  'import/hugging-face',
];
const modelsForPages = [
  'spec',
  'catalog',
  'recommend',
  'detect',
  'wllama/catalog',
  'wllama/own-file',
  'endpoint/address',
  'simulated/explanation',
];

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'bench/.cache/', 'test/.output/', 'test/rigs/webllm/kernels.js'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        project: [
          './tsconfig.json',
          './src/core/tsconfig.json',
          './src/workers/tsconfig.json',
          './test/tsconfig.json',
        ],
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      // A rest that leaves something out has to name it; parameters that only keep a shape begin with _.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Style directives (`style:--x`) go through the CSSOM, which the policy allows; style attributes do not.
      'svelte/no-inline-styles': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: 'The content security policy blocks style attributes.',
        },
      ],
    },
  },
  mayNotImport(['src/core/**'], outsideOfCore, 'The core knows nothing of the outside.'),
  mayNotImport(
    ['src/core/**'],
    [...outsideOfCore, '**/dual-phase/**'],
    'The core knows nothing of the outside, and what several methods use is not in one of them.',
    ['src/core/methods.ts', 'src/core/dual-phase/**'],
  ),
  mayNotImport(
    ['src/core/dual-phase/**'],
    [...outsideOfCore, '**/baselines/**'],
    'The core knows nothing of the outside, and a method nothing of its rivals.',
  ),
  mayNotImport(
    ['src/models/**'],
    ['**/storage/**', '**/workers/**', '**/ui/**'],
    'Adapters of the port stand on the core alone.',
  ),
  mayNotImport(
    ['src/data/**'],
    ['**/storage/**', '**/workers/**', '**/ui/**'],
    'Data is read and made without storage or page.',
  ),
  importRules(
    ['src/storage/**'],
    [
      { group: ['**/workers/**', '**/ui/**'], message: 'Storage serves the workers.' },
      onlyTypesOf('(?:data|models)', 'Storage keeps what others make: it takes their types alone.'),
    ],
  ),
  mayNotImport(['src/workers/**'], ['**/ui/**'], 'Workers do not know the page.'),
  importRules(
    ['src/ui/**'],
    [
      onlyTypesOf('(?:workers|storage)', 'The page asks the workers; main.ts hands it the way to them.'),
      onlyTypesOf('data', 'Data is read and made in workers.', dataForPages),
      onlyTypesOf('models', 'Engines live in workers.', modelsForPages),
    ],
  ),
  { files: ['**/*.{js,mjs}'], ...ts.configs.disableTypeChecked },
  {
    files: ['test/**', 'bench/**', 'scripts/**', '*.ts', '*.js'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
);
