import {
  buildMesh,
  decodeResources,
  externalAccess,
  type Mesh,
  simulate,
  trafficPaths,
} from '@sidetrace/core';
import { audit } from '@sidetrace/core/audit';
import { readManifests } from '@sidetrace/loader';
import type { Random } from './random';

const protocols = ['http', 'https', 'tls', 'tcp', 'http2', 'udp'] as const;
const ports = [80, 443, 3306, 8080, 15001, 53, 65535];

function askWorkload(mesh: Mesh, random: Random): void {
  const { ref } = random.pick(mesh.workloads);
  const hosts = mesh.resources.serviceEntries.flatMap(({ spec }) => spec.hosts);
  const to = hosts.length > 0 && random.chance(0.6) ? random.pick(hosts) : 'news.example';
  const protocol = random.pick(protocols);
  simulate(mesh, { from: ref, to, port: random.pick(ports), protocol });
  if (random.chance(0.3)) trafficPaths(mesh, ref);
  if (random.chance(0.3)) {
    for (const row of externalAccess(mesh, { workloads: [ref] })) row.id.at(0);
  }
}

/** What ran, for the report. */
export interface Ran {
  readonly resources: number;
  readonly workloads: number;
  readonly issues: number;
}

/** One input on the whole way: text, objects, mesh, and the four kinds of answer. Throws what a user would see thrown. */
export function runInput(text: string, random: Random): Ran {
  const read = readManifests(text, 'fuzz.yaml');
  const decoded = decodeResources(read.resources);
  const mesh = buildMesh(decoded.resources, {});
  const issues = [...read.issues, ...decoded.issues, ...mesh.issues];
  if (mesh.workloads.length > 0) askWorkload(mesh, random);
  if (random.chance(0.2)) audit({ mesh, issues, access: () => [...externalAccess(mesh)] });
  return {
    resources: read.resources.length,
    workloads: mesh.workloads.length,
    issues: issues.length,
  };
}

const watched = [Object.prototype, Array.prototype, Function.prototype, Map.prototype];
const before = watched.map(prototype => Reflect.ownKeys(prototype).length);

/** Whether a prototype that all objects share has got a member. */
export const isPolluted = (): boolean =>
  watched.some((prototype, at) => Reflect.ownKeys(prototype).length !== before[at]);
