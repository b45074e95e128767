import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildMesh, decodeResources, type Mesh, type MeshChange } from '@sidetrace/core';
import { accessMatrix, whatIfMatrix } from '@sidetrace/core/access';
import { readManifests } from '@sidetrace/loader';
import { loadAll } from 'js-yaml';
import { largeMesh, sizes } from './large-mesh';

function timed<T>(run: () => T): { readonly ms: number; readonly value: T } {
  const start = performance.now();
  const value = run();
  return { ms: performance.now() - start, value };
}

const show = (what: string, value: number, unit: string) =>
  console.log(`${what.padEnd(52)} ${value.toFixed(unit === '' ? 2 : 0).padStart(8)} ${unit}`);

interface Measured {
  readonly bare: number;
  readonly matrix: number;
}

function timedCpu<T>(run: () => T): { readonly ms: number; readonly cpu: number } {
  const start = process.cpuUsage();
  const { ms } = timed(run);
  const { user, system } = process.cpuUsage(start);
  return { ms, cpu: (user + system) / 1000 };
}

/** Processor time of finished children as the shell's `times` prints it: minutes and seconds, user and system. */
function childCpu(printed: string): number {
  const [, children = ''] = printed.trim().split('\n');
  const parts = children.split(' ').map(part => /^(\d+)m([\d.]+)s$/.exec(part));
  return parts.reduce((sum, part) => sum + (Number(part?.[1]) * 60 + Number(part?.[2])) * 1000, 0);
}

/** A bare parse of a file, read and nothing else done with it. */
const bareParse = (file: string) => timedCpu(() => loadAll(readFileSync(file, 'utf8')));

/** The same in a process of its own: a heap that is full already makes it slower. */
function bareAlone(file: string): ReturnType<typeof bareParse> {
  const self = fileURLToPath(import.meta.url);
  const { stdout } = spawnSync(process.execPath, [self, '--bare', file], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

/** From the file to a complete csv, in a process of its own, as somebody would run it; before and after it a bare parse. */
function wholeMesh(file: string, bin: string): Measured {
  const parse = () => bareAlone(file);
  const csv = `${file}.csv`;
  const script = '"$0" "$1" access -f "$2" -o csv > "$3" 2> /dev/null; times';
  const first = parse();
  const run = timed(() =>
    spawnSync('sh', ['-c', script, process.execPath, bin, file, csv], { encoding: 'utf8' }),
  );
  const second = parse();
  const bare = (first.ms + second.ms) / 2;
  const bareCpu = (first.cpu + second.cpu) / 2;
  const cpu = childCpu(run.value.stdout);
  const rows = readFileSync(csv, 'utf8').split('\n').length - 2;
  show('bare js-yaml loadAll, before and after', bare, 'ms');
  show('access -o csv, from the file', run.ms, 'ms');
  show('rows of groups', rows, 'rows');
  show('ratio', run.ms / bare, '');
  show('bare js-yaml loadAll, processor time', bareCpu, 'ms');
  show('access -o csv, processor time', cpu, 'ms');
  show('ratio of processor time', cpu / bareCpu, '');
  return { bare, matrix: cpu };
}

const kinds = [
  'serviceEntries',
  'sidecars',
  'virtualServices',
  'destinationRules',
  'services',
  'pods',
] as const;

/** The first object of each kind that the mesh has, taken away. */
function removals({ resources }: Mesh): readonly MeshChange[] {
  return kinds.flatMap(list => {
    const [object] = resources[list];
    if (object === undefined) return [];
    const { kind, metadata } = object;
    const { namespace = '', name } = metadata;
    return [{ kind: 'remove' as const, object: { kind, namespace, name } }];
  });
}

/** In one process: the first matrix, then a what-if of one removed ServiceEntry, and one workload alone. */
function inProcess(file: string): void {
  const raw = readManifests(readFileSync(file, 'utf8'), file);
  const decoded = decodeResources(raw.resources);
  const mesh = buildMesh(decoded.resources, {});
  const [workload] = mesh.workloads;
  const refs = workload === undefined ? [] : [workload.ref];
  const view = timed(() => [...accessMatrix(mesh, { workloads: refs }).rows].length);
  show('first view of one workload, mesh just built', view.ms, 'ms');
  const first = timed(() => {
    const matrix = accessMatrix(mesh);
    for (const _ of matrix.rows);
    return matrix;
  });
  show('whole matrix, mesh in memory', first.ms, 'ms');
  for (const change of removals(mesh)) {
    const again = timedCpu(() => whatIfMatrix(mesh, first.value, [change]));
    const what = change.kind === 'remove' ? change.object.kind : '';
    show(`what-if without a ${what}, difference included`, again.ms, 'ms');
    show(`what-if without a ${what}, processor time`, again.cpu, 'ms');
  }
  show('peak memory of this process', process.resourceUsage().maxRSS / 1024, 'MB');
}

function bench(bin: string, directory: string | undefined): void {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrace-bench-'));
  const measured: [number, Measured][] = [];
  for (const [name, size] of Object.entries(sizes)) {
    const file =
      directory === undefined ? join(folder, `${name}.yaml`) : join(directory, name, 'mesh.yaml');
    if (directory === undefined) writeFileSync(file, `${[...largeMesh(size)].join('\n---\n')}\n`);
    if (!existsSync(file)) continue;
    console.log(`\n${name}: ${size.services} services, ${size.serviceEntries} ServiceEntries`);
    measured.push([size.services, wholeMesh(file, bin)]);
    inProcess(file);
  }
  rmSync(folder, { recursive: true });
  const [first] = measured;
  const last = measured.at(-1);
  if (first === undefined || last === undefined) return;
  const growth = Math.log(last[1].matrix / first[1].matrix) / Math.log(last[0] / first[0]);
  console.log('');
  show('growth exponent of processor time, smallest to largest', growth, '');
}

const [bin, directory] = process.argv.slice(2);
if (bin === '--bare' && directory !== undefined) {
  console.log(JSON.stringify(bareParse(directory)));
} else if (bin === undefined) {
  console.error('usage: node scripts/run-ts.mjs bench/src/access.ts BIN [DIRECTORY of S, M, L]');
  process.exitCode = 2;
} else {
  bench(bin, directory);
}
