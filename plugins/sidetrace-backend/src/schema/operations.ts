/** How one path of the API is asked and answered; schemas are those of the wire types of the common package. */
export interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly id: string;
  readonly summary: string;
  readonly permissions: readonly string[];
  /** Query parameters: name and JSON schema. */
  readonly query?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  /** Wire type of the body. */
  readonly body?: string;
  /** Wire type of the answer; absent for a file or none. */
  readonly answer?: string;
  /** Media types of a file. */
  readonly files?: readonly string[];
}

const text = { type: 'string', maxLength: 1000 };
const choice = (...values: readonly string[]) => ({ type: 'string', enum: values });
const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const page = { offset: whole(0, 1_000_000_000), limit: whole(1, 500) };
const verdict = choice('allowed', 'passthrough', 'bypass', 'blocked', 'mixed', 'undetermined');

const matrixFilter = {
  source: text,
  namespace: text,
  owner: text,
  system: text,
  workload: text,
  host: text,
  verdict,
};
const findingFilter = {
  source: text,
  level: choice('error', 'warning', 'info'),
  check: text,
  namespace: text,
  owner: text,
  state: choice('open', 'waived', 'expired'),
  text,
};
const bypassFilter = { source: text, reason: text, namespace: text, owner: text, text };
const snapshots = {
  before: { type: 'string', pattern: '^[0-9]{1,15}$' },
  after: { type: 'string', pattern: '^[0-9]{1,15}$' },
};
const tableFormats = ['csv', 'json', 'markdown'] as const;
const tableTypes = ['text/csv', 'application/json', 'text/markdown'];

const entityRead = 'sidetrace.entity.read';
const meshRead = 'sidetrace.mesh.read';
const simulate = 'sidetrace.simulate';
const exporting = 'sidetrace.export';
const entity = '/entities/{namespace}/{kind}/{name}';

const entityOperations: readonly Operation[] = [
  {
    path: `${entity}/card`,
    method: 'get',
    id: 'entityCard',
    summary: 'Sidecar and external access of an entity at a glance',
    permissions: [entityRead],
    answer: 'EntityCardAnswer',
  },
  {
    path: `${entity}/tab`,
    method: 'get',
    id: 'entityTab',
    summary: 'Everything about one workload of an entity',
    permissions: [entityRead],
    query: { workload: text },
    answer: 'EntityTabAnswer',
  },
  {
    path: `${entity}/what-if`,
    method: 'post',
    id: 'entityWhatIf',
    summary: 'What edits would change for a workload of an entity',
    permissions: [entityRead, simulate],
    body: 'EntityWhatIfRequest',
    answer: 'EntityWhatIfAnswer',
  },
  {
    path: `${entity}/suggestions`,
    method: 'post',
    id: 'suggestFixes',
    summary: 'How to make a call of an entity succeed',
    permissions: [entityRead, simulate],
    body: 'SuggestRequest',
    answer: 'SuggestAnswer',
  },
];

const meshOperations: readonly Operation[] = [
  {
    path: '/mesh/overview',
    method: 'get',
    id: 'meshOverview',
    summary: 'Numbers of all meshes, their age and what they lack',
    permissions: [meshRead],
    answer: 'MeshOverview',
  },
  {
    path: '/mesh/matrix',
    method: 'get',
    id: 'matrix',
    summary: 'Access matrix by groups of workloads with equal answers',
    permissions: [meshRead],
    query: {
      ...matrixFilter,
      ...page,
      by: choice('owner', 'system', 'namespace'),
      columnOffset: whole(0, 1_000_000_000),
      columnLimit: whole(1, 500),
    },
    answer: 'MatrixPage',
  },
  {
    path: '/mesh/trace',
    method: 'get',
    id: 'cellTrace',
    summary: 'How the call behind a cell of the matrix goes',
    permissions: [meshRead, simulate],
    query: {
      workload: text,
      host: text,
      port: whole(1, 65_535),
      protocol: choice('HTTP', 'TLS', 'TCP', 'UDP'),
    },
    required: ['workload', 'host', 'port', 'protocol'],
    answer: 'CellTrace',
  },
  {
    path: '/mesh/findings',
    method: 'get',
    id: 'meshFindings',
    summary: 'Findings of all meshes',
    permissions: [meshRead],
    query: { ...findingFilter, ...page },
    answer: 'MeshFindings',
  },
  {
    path: '/mesh/finding',
    method: 'get',
    id: 'meshFinding',
    summary: 'One finding with all workloads and its fix as YAML',
    permissions: [meshRead],
    query: { source: text, fingerprint: text },
    required: ['source', 'fingerprint'],
    answer: 'MeshFindingAnswer',
  },
  {
    path: '/mesh/bypasses',
    method: 'get',
    id: 'bypasses',
    summary: 'Who is not, or not fully, behind the sidecar',
    permissions: [meshRead],
    query: { ...bypassFilter, ...page },
    answer: 'BypassPage',
  },
  {
    path: '/mesh/history',
    method: 'get',
    id: 'history',
    summary: 'Snapshots of the sources, newest first',
    permissions: [meshRead],
    query: { source: text, ...page },
    answer: 'HistoryPage',
  },
  {
    path: '/mesh/history/comparison',
    method: 'get',
    id: 'compareSnapshots',
    summary: 'What differs between two snapshots of a source',
    permissions: [meshRead],
    query: snapshots,
    required: ['before', 'after'],
    answer: 'SnapshotComparison',
  },
  {
    path: '/mesh/what-if',
    method: 'post',
    id: 'meshWhatIf',
    summary: 'What edits would change in the meshes',
    permissions: [meshRead, simulate],
    body: 'MeshWhatIfRequest',
    answer: 'MeshWhatIfAnswer',
  },
];

const exportOf = (
  kind: string,
  query: Readonly<Record<string, object>>,
  rest: Partial<Operation> = {},
): Operation => ({
  path: `/mesh/export/${kind}`,
  method: 'get',
  id: `export-${kind}`,
  summary: `The whole list of ${kind} as a file`,
  permissions: [meshRead, exporting],
  query: { ...query, format: choice(...tableFormats) },
  required: ['format'],
  files: tableTypes,
  ...rest,
});

/** The whole API. */
export const operations: readonly Operation[] = [
  ...entityOperations,
  ...meshOperations,
  exportOf('access', matrixFilter),
  exportOf('findings', findingFilter, {
    query: { ...findingFilter, format: choice(...tableFormats, 'sarif') },
    files: [...tableTypes, 'application/sarif+json'],
  }),
  exportOf('bypasses', bypassFilter),
  exportOf('comparison', snapshots, { required: ['before', 'after', 'format'] }),
  exportOf(
    'what-if',
    {},
    {
      method: 'post',
      body: 'MeshWhatIfRequest',
      permissions: [meshRead, exporting, simulate],
    },
  ),
  {
    path: '/refresh',
    method: 'post',
    id: 'refresh',
    summary: 'Reads the sources now',
    permissions: ['sidetrace.refresh'],
  },
  {
    path: '/health',
    method: 'get',
    id: 'health',
    summary: 'For probes, without a sign-in: 503 while a source has never been read',
    permissions: [],
    answer: 'Health',
  },
];
