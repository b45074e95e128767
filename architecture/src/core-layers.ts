const base = ['net', 'origin'];
const decoded = [...base, 'resources'];
const meshed = [...decoded, 'mesh'];
const simulated = [
  ...meshed,
  'traffic',
  'interception',
  'pilot',
  'netfilter',
  'envoy',
  'simulation',
];

/** Folders of core, with the folders that each may import; see ARCHITECTURE.md. */
export const coreLayers: ReadonlyMap<string, readonly string[]> = new Map([
  ['net', []],
  ['origin', []],
  ['yaml', []],
  ['netfilter', base],
  ['envoy', base],
  ['resources', [...base, 'yaml']],
  ['mesh', [...decoded, 'yaml']],
  ['traffic', meshed],
  ['interception', [...meshed, 'netfilter', 'yaml']],
  ['pilot', [...meshed, 'envoy']],
  ['simulation', simulated.filter(folder => folder !== 'simulation')],
  ['access', simulated],
  ['audit', [...simulated, 'access']],
  ['explain', [...simulated, 'access', 'audit']],
  ['testing', [...simulated, 'access', 'audit', 'explain', 'yaml']],
]);

/** Folders that take types only from other folders, except for these: text about answers runs nothing. */
export const typesOnly: ReadonlyMap<string, readonly string[]> = new Map([['explain', base]]);
