import tseslint from 'typescript-eslint';

/**
 * Who may import what: the table of ARCHITECTURE.md, type imports included.
 * A folder may import itself and the folders named here.
 */
const layers = {
  base: [],
  context: ['base'],
  workspace: ['base', 'context'],
  store: ['base', 'context'],
  protocol: ['base', 'context'],
  transfer: ['base', 'context', 'protocol'],
  builder: ['base', 'context'],
  client: ['base', 'context', 'workspace', 'transfer'],
  daemon: ['base', 'context', 'protocol', 'transfer', 'store', 'builder'],
  extension: ['base', 'context', 'client'],
  cli: ['base', 'context', 'client'],
};

/** Packages and built-in modules that only some folders may use. */
const reserved = [
  { names: ['vscode'], only: ['extension'], say: 'Only src/extension knows VS Code.' },
  { names: ['ws'], only: ['transfer', 'daemon'], say: 'The socket is a port of src/transfer.' },
  { names: ['chokidar'], only: ['workspace'], say: 'Watching is a port of src/workspace.' },
  {
    names: ['protobufjs', 'protobufjs/minimal'],
    only: ['protocol', 'builder'],
    say: 'Wire types stay in protocol and builder.',
  },
  { names: ['pino'], only: ['daemon'], say: 'Log through base/logger.' },
];

/** No I/O here; base may hash, and put streams together. */
const pure = { base: '^node:(?!(crypto|stream)$)', context: '^node:' };

function layerRules(folder) {
  const forbidden = Object.keys(layers).filter((other) => other !== folder && !layers[folder].includes(other));
  const paths = reserved
    .filter((rule) => !rule.only.includes(folder))
    .flatMap((rule) => rule.names.map((name) => ({ name, message: rule.say })));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
      message: `src/${folder} may import: ${['itself', ...layers[folder]].join(', ')} (see ARCHITECTURE.md).`,
    },
  ];
  if (pure[folder]) {
    patterns.push({ regex: pure[folder], message: `src/${folder} is pure: no I/O, no node built-ins.` });
  }
  return {
    files: [`src/${folder}/**/*.ts`],
    ignores: ['src/*/generated/**'],
    rules: { 'no-restricted-imports': ['error', { paths, patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', 'src/*/generated', '**/*.d.ts', 'test/workbench/vscode'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', '*.js', '*.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Our ports are plain objects; their functions do without `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/*/generated/**'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  ...Object.keys(layers).map(layerRules),
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js', 'test/**'],
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      'no-console': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
);
