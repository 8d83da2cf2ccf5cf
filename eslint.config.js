import tseslint from 'typescript-eslint'

const bans = [
  { selector: 'TSEnumDeclaration', message: 'Use a string union: states are data (house law 3).' },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is given, not taken: take a Clock (house law 10).',
  },
]

/** The numbers of house law 16; types are checked by tsc, architecture by test/architecture. */
export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', 'coverage', 'views'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'max-depth': ['error', 3],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...bans],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/require-await': 'off',
      // Factories return plain objects whose functions never read `this`, so they may be handed on.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-params': ['error', 4],
      'no-restricted-syntax': ['error', bans[0]],
    },
  },
  { files: ['*.js'], ...tseslint.configs.disableTypeChecked },
)
