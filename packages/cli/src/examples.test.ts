import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildMesh,
  type Call,
  decodeResources,
  findWorkload,
  type Mesh,
  parseYaml,
  simulate,
} from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../../examples');
const scenarios = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);
const read = (name: string, file: string) => readFileSync(join(folder, name, file), 'utf8');
const has = (name: string, file: string) => readdirSync(join(folder, name)).includes(file);

interface Expected {
  readonly id: string;
  readonly from: { readonly namespace: string; readonly workload: string };
  readonly to: string;
  readonly must: 'reach' | 'not-reach';
  readonly because?: readonly string[];
}

function expectations(text: string): readonly Expected[] {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return (parsed.value as { readonly expectations: readonly Expected[] }).expectations;
}

/** The later of two manifests of one object counts, as with kubectl apply. */
function meshOf(...texts: readonly string[]): Mesh {
  const byObject = new Map<string, ReturnType<typeof readManifests>['resources'][number]>();
  texts.forEach((text, index) => {
    for (const resource of readManifests(text, `${index}.yaml`).resources) {
      const { kind, metadata } = resource.value as {
        readonly kind: string;
        readonly metadata: { readonly namespace?: string; readonly name: string };
      };
      byObject.set(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, resource);
    }
  });
  return buildMesh(decodeResources([...byObject.values()]).resources, {});
}

const spoken: Readonly<Record<string, Call['protocol']>> = {
  HTTP: 'http',
  TLS: 'https',
  TCP: 'tcp',
  UDP: 'udp',
};

function check(mesh: Mesh, { from, to, must, because }: Expected): void {
  const workload = findWorkload(mesh, `${from.namespace}/${from.workload}`);
  if (workload === undefined) throw new Error(`no workload ${from.namespace}/${from.workload}`);
  const [, host = '', port, protocol = ''] = /^(.*):(\d+)\/(\w+)$/.exec(to) ?? [];
  const trace = simulate(mesh, {
    from: workload.ref,
    to: host,
    port: Number(port),
    protocol: spoken[protocol] ?? 'tcp',
  });
  expect({ disposition: trace.disposition, reached: trace.disposition === 'delivered' }).toEqual({
    disposition: trace.disposition,
    reached: must === 'reach',
  });
  for (const reason of because ?? []) expect(trace.reasons).toContain(reason);
}

describe.each(scenarios)('examples/%s', name => {
  test.each(expectations(read(name, 'expect.yaml')))('$id', expected => {
    check(meshOf(read(name, 'mesh.yaml')), expected);
  });
  if (has(name, 'fix.yaml')) {
    test.each(expectations(read(name, 'expect-fixed.yaml')))('fixed: $id', expected => {
      check(meshOf(read(name, 'mesh.yaml'), read(name, 'fix.yaml')), expected);
    });
  }
});
