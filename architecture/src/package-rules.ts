/** What the files of one package may import. */
export interface PackageRule {
  /** Folder from the root. */
  readonly folder: string;
  /** Workspace packages, with their entry points (`@sidetrace/core`, `@sidetrace/core/envoy`). */
  readonly workspace: readonly RegExp[];
  /** Folders below the package whose files may use Node's modules; `''` is the whole package. */
  readonly node: readonly string[];
  /** React and Backstage. */
  readonly backstage: boolean;
  /** Files of other packages that the tests of this one share, below this folder. */
  readonly shares?: string;
}

const core = /^@sidetrace\/core(\/(netfilter|envoy|access|audit|explain|testing))?$/;
const loader = /^@sidetrace\/loader(\/(node|cluster))?$/;
const common = /^@sidetrace\/backstage-plugin-sidetrace-common$/;
const frontend = /^@sidetrace\/backstage-plugin-sidetrace(\/alpha)?$/;
const backend = /^@sidetrace\/backstage-plugin-sidetrace-backend$/;
const modules = /^@sidetrace\/backstage-plugin-(catalog|scaffolder)-backend-module-sidetrace$/;
/** A Kubernetes API for tests. */
const fakeKubernetes = /^fake-kubernetes$/;
const everywhere = [''];

/** The dependency rule between packages; see ARCHITECTURE.md. */
export const packageRules: readonly PackageRule[] = [
  { folder: 'packages/core', workspace: [], node: [], backstage: false },
  {
    folder: 'packages/loader',
    workspace: [core, fakeKubernetes],
    node: ['src/node', 'src/cluster'],
    backstage: false,
  },
  {
    folder: 'packages/cli',
    workspace: [core, loader, fakeKubernetes],
    node: everywhere,
    backstage: false,
  },
  { folder: 'plugins/sidetrace-common', workspace: [core], node: [], backstage: true },
  {
    folder: 'plugins/sidetrace',
    workspace: [core, common, /^@sidetrace\/loader$/],
    node: [],
    backstage: true,
  },
  {
    folder: 'plugins/sidetrace-backend',
    workspace: [core, loader, common, fakeKubernetes],
    node: everywhere,
    backstage: true,
  },
  {
    folder: 'plugins/catalog-backend-module-sidetrace',
    workspace: [core, common],
    node: everywhere,
    backstage: true,
  },
  {
    folder: 'plugins/scaffolder-backend-module-sidetrace',
    workspace: [common],
    node: everywhere,
    backstage: true,
  },
  { folder: 'apps/portal', workspace: [frontend, common], node: [], backstage: true },
  {
    folder: 'apps/backend',
    workspace: [backend, common, modules],
    node: everywhere,
    backstage: true,
  },
  { folder: 'conformance', workspace: [core, loader], node: everywhere, backstage: false },
  {
    folder: 'bench',
    workspace: [core, loader, /^@sidetrace\/cli$/],
    node: everywhere,
    backstage: false,
  },
  {
    folder: 'e2e',
    workspace: [],
    node: everywhere,
    backstage: false,
    shares: 'plugins/sidetrace/src/testing/',
  },
  { folder: 'architecture', workspace: [], node: everywhere, backstage: false },
  { folder: 'fake-kubernetes', workspace: [], node: everywhere, backstage: false },
  { folder: 'packaging', workspace: [], node: everywhere, backstage: false },
];
