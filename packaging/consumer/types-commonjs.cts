import { run } from '@sidetrace/cli';
import { buildMesh, type Call, decodeResources, simulate, type Trace } from '@sidetrace/core';
import { matchListener } from '@sidetrace/core/envoy';
import { traverse } from '@sidetrace/core/netfilter';
import { parseIp } from '@sidetrace/core/testing';
import { readManifests } from '@sidetrace/loader';
import { loadFiles } from '@sidetrace/loader/node';

const call: Call = {
  from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  to: 'api.example.com',
  port: 443,
  protocol: 'https',
};
const { resources } = readManifests('', 'mesh.yaml');
export const trace: Trace = simulate(buildMesh(decodeResources(resources).resources), call);
export const texts: readonly string[] = trace.reasons;
export const functions = [loadFiles, matchListener, parseIp, readManifests, run, traverse];

// @ts-expect-error the packages have types: a disposition is no number
export const wrong: number = trace.disposition;
