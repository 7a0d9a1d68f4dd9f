/**
 * The floors of the house, as errors. Imports go down only; see the table in README.md.
 */
const engines = '^lib/engines/';

/** What an engine may import besides core, itself and onnxruntime-common's types: the engines below it. */
const lowerEngines = {
  geometry: [],
  'model-files': ['geometry'],
  graph: ['model-files'],
  architecture: ['model-files', 'graph'],
  vision: ['geometry', 'model-files'],
  overlay: ['geometry', 'vision'],
  scenes: ['geometry'],
  training: ['geometry', 'model-files', 'graph', 'architecture', 'vision'],
};

const engineRules = Object.entries(lowerEngines).map(([engine, below]) => ({
  name: `engine-${engine}-imports-only-lower-engines`,
  comment: `lib/engines/${engine} may import core, itself${below.length > 0 ? ` and ${below.join(', ')}` : ''}, nothing else of ours.`,
  severity: 'error',
  from: { path: `${engines}${engine}/`, pathNot: '\\.test\\.ts$|/test-support/' },
  to: {
    path: '^(app|components|lib|bin|scripts|e2e|bench)/',
    pathNot: `^lib/core/|${engines}(${[engine, ...below].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^lib/core/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(app|components|lib|bin|scripts|e2e|bench)/', pathNot: '^lib/core/' },
    },
    ...engineRules,
    {
      name: 'engines-are-pure',
      comment:
        'Engines run in browsers, workers and Node: no framework, no Node built-in, no vendor but onnxruntime-common types.',
      severity: 'error',
      from: { path: engines, pathNot: '\\.test\\.ts$|/test-support/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'],
        pathNot: 'node_modules/onnxruntime-common/',
      },
    },
    {
      name: 'platform-knows-no-one-above',
      severity: 'error',
      from: { path: '^lib/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/(core|engines|platform)/' },
    },
    {
      name: 'browser-knows-engines-only',
      comment: 'lib/browser wraps what only a browser has (workers, OPFS, video) around the engines.',
      severity: 'error',
      from: { path: '^lib/browser/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(app|components|lib)/|^node_modules/(sharp|onnxruntime-node|@napi-rs)/',
        pathNot: '^lib/(core|engines|browser)/',
      },
    },
    {
      name: 'domain-knows-no-wire',
      comment:
        'Verbs know neither HTTP nor vendors: they are handed what platform adapters offer, and import only its types.',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: '\\.test\\.ts$|/test-support/' },
      to: {
        path: '^(app|components)/|^lib/(http|client|browser|cli|workers)/|^lib/composition|^node_modules/(next|react|next-auth|@aws-sdk|flydrive|pg|pg-boss|nodemailer|undici)/',
      },
    },
    {
      name: 'domain-takes-only-types-of-the-platform',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: '\\.test\\.ts$|/test-support/' },
      to: { path: '^lib/platform/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a-repository-belongs-to-its-noun',
      comment: 'Another noun is reached through its schema, its tables and its verbs.',
      severity: 'error',
      from: { path: '^lib/domain/([^/]+)/', pathNot: '\\.test\\.ts$|/test-support/' },
      to: { path: '^lib/domain/[^/]+/repository\\.ts$', pathNot: '^lib/domain/$1/' },
    },
    {
      name: 'http-holds-no-sql',
      severity: 'error',
      from: { path: '^lib/(http|client|workers)/', pathNot: '\\.test\\.ts$|/test-support/' },
      to: { path: '(repository|tables)\\.ts$|^node_modules/(drizzle-orm|pg)/' },
    },
    {
      name: 'http-takes-only-types-of-the-platform',
      severity: 'error',
      from: { path: '^lib/http/', pathNot: '\\.test\\.ts$|/test-support/' },
      to: { path: '^lib/platform/|^components/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-is-of-the-browser',
      comment: 'lib/client is shipped to browsers: operations and schemas only.',
      severity: 'error',
      from: { path: '^lib/client/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(app|components|lib)/',
        pathNot: '^lib/(core|client)/|^lib/http/(operations/|operation|error-table)|^lib/domain/[^/]+/schema\\.ts$',
      },
    },
    {
      name: 'components-never-touch-the-server',
      comment:
        'Of lib/http only what is pure: the operations (for lib/client), their addresses and their code samples.',
      severity: 'error',
      from: { path: '^components/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^lib/(platform|cli|http|workers)/|^app/|repository\\.ts$|tables\\.ts$|^node_modules/(sharp|onnxruntime-node|@napi-rs)/',
        pathNot: '^lib/http/(operations/|snippets/|operation\\.ts$|operation-url\\.ts$)',
      },
    },
    {
      name: 'client-speaks-the-contract-only',
      comment: 'lib/client runs in browsers: it knows core, schemas and the operations, and nothing that answers them.',
      severity: 'error',
      from: { path: '^lib/client/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(app|components|lib)/',
        pathNot:
          '^lib/(core|client)/|^lib/domain/[^/]+/schema\\.ts$|^lib/http/(operations/|(operation|operation-url|error-table)\\.ts$)',
      },
    },
    {
      name: 'contract-is-pure',
      comment:
        'Operations, addresses and code samples are read by browsers as well: schemas and core below them, no more.',
      severity: 'error',
      from: {
        path: '^lib/http/(operations/|snippets/|(operation|operation-url|error-table)\\.ts$)',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: '^(app|components|lib)/',
        pathNot:
          '^lib/core/|^lib/domain/[^/]+/schema\\.ts$|^lib/http/(operations/|snippets/|(operation|operation-url|error-table)\\.ts$)',
      },
    },
    {
      name: 'ui-parts-know-no-noun',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^components/', pathNot: '^components/ui/' },
    },
    {
      name: 'app-declares-only',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^lib/(platform|engines|browser|cli)/|(repository|tables)\\.ts$' },
    },
    {
      name: 'cli-is-not-the-web',
      severity: 'error',
      from: { path: '^(lib/cli|bin)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(app|components|lib/browser)/|^node_modules/(next|react|react-dom|konva)/' },
    },
    {
      name: 'one-door-to-the-web-runtime',
      severity: 'error',
      from: { pathNot: '^lib/browser/onnx-web-session\\.ts$|^(bench|node_modules)/' },
      to: { path: '^node_modules/onnxruntime-web/' },
    },
    {
      name: 'one-door-to-the-node-runtime',
      severity: 'error',
      from: { pathNot: '^lib/platform/runtime/onnx-node-session\\.ts$|^(bench|node_modules)/' },
      to: { path: '^node_modules/onnxruntime-node/' },
    },
    {
      name: 'product-code-imports-no-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|/test-support/|^(e2e|bench|scripts)/' },
      to: { path: '\\.test\\.ts$|/test-support/|^(e2e|bench)/' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
