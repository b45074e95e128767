import type {
  EntityCardAnswer,
  EntityTabAnswer,
  FindingDetails,
  NamedWorkload,
  SourceState,
  WorkloadCard,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  type AccessRow,
  externalAccess,
  findWorkload,
  type Mesh,
  sliceMesh,
  trafficPaths,
  type Workload,
  workloadStatusOf,
} from '@sidetrace/core';
import { audit } from '@sidetrace/core/audit';
import { toFixedYaml } from './fixed-yaml';

export const demoSource: SourceState = {
  id: 'demo',
  cluster: 'demo-cluster',
  state: 'fresh',
  digest: 'f3a1c0ffee42',
  readAt: '2026-11-24T09:00:00Z',
  istioVersion: '1.30',
  workloads: 3,
  issues: [],
  issueCount: 0,
  missing: [{ input: 'network-policies', checks: ['egress/no-network-policy'] }],
};

export function namedWorkload({ ref }: Workload): NamedWorkload {
  const { kind, namespace, name } = ref;
  return {
    id: `demo/${namespace}/${kind}/${name}`,
    source: 'demo',
    ref,
    entity: `component:default/${name}`,
    owner: namespace === 'shop' ? 'group:default/shop' : 'group:default/data',
    system: `system:default/${namespace}`,
  };
}

const declaredHosts = [
  { host: 'api.payments.example', port: 443, protocol: 'TLS' as const },
  { host: 'news.example', port: 443, protocol: 'TLS' as const },
];

/** Rows of a workload; `web` declares a host that it reaches and one that it does not. */
export const demoRows = (mesh: Mesh, { ref }: Workload): readonly AccessRow[] => [
  ...externalAccess(mesh, { workloads: [ref], declared: { 'shop/web': declaredHosts } }),
];

export function demoFindings(mesh: Mesh): readonly FindingDetails[] {
  const declared = declaredHosts.map(host => ({
    ...host,
    workload: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  }));
  return audit({ mesh, declared }).findings.map((finding, index): FindingDetails => {
    const workloads = finding.workloads.list.flatMap(ref => {
      const found = findWorkload(mesh, ref);
      return found === undefined ? [] : [namedWorkload(found)];
    });
    const waiver = {
      id: finding.id,
      resource: '*',
      reason: 'moves next quarter',
      owner: 'shop',
      expires: index === 1 ? '2027-01-31' : '2026-01-31',
    };
    const state = index === 1 ? 'waived' : index === 2 ? 'expired' : 'open';
    return {
      source: 'demo',
      finding,
      state,
      ...(state === 'open' ? {} : { waiver }),
      owners: [...new Set(workloads.flatMap(({ owner }) => owner ?? []))],
      workloads,
      ...(finding.fix === undefined ? {} : { fix: toFixedYaml(finding.fix) }),
    };
  });
}

function demoCard(mesh: Mesh, workload: Workload): WorkloadCard {
  const count = (verdict: AccessRow['verdict']) =>
    demoRows(mesh, workload).filter(row => row.verdict === verdict).length;
  const level = (name: string) =>
    demoFindings(mesh).filter(({ finding }) => finding.level === name).length;
  return {
    workload: namedWorkload(workload),
    status: workloadStatusOf(mesh, workload),
    access: {
      allowed: count('allowed'),
      passthrough: count('passthrough'),
      bypass: count('bypass'),
      blocked: count('blocked'),
      mixed: count('mixed'),
      undetermined: count('undetermined'),
      declaredBlocked: 1,
    },
    findings: { error: level('error'), warning: level('warning'), info: level('info') },
  };
}

/** The workload that the demo entity is. */
export function demoWorkload(mesh: Mesh): Workload {
  const workload = findWorkload(mesh, 'shop/web');
  if (workload === undefined) throw new Error('the demo mesh has no workload `shop/web`');
  return workload;
}

export const demoCardAnswer = (mesh: Mesh): EntityCardAnswer => ({
  kind: 'workloads',
  cards: [demoCard(mesh, demoWorkload(mesh))],
  sources: [demoSource],
});

export function demoTabAnswer(mesh: Mesh): EntityTabAnswer {
  const workload = demoWorkload(mesh);
  const card = demoCard(mesh, workload);
  return {
    kind: 'workload',
    workloads: [card.workload],
    selected: card,
    source: demoSource,
    paths: trafficPaths(mesh, workload.ref),
    access: demoRows(mesh, workload),
    findings: demoFindings(mesh),
    undeclared: [{ host: 'rates.example', port: 80, protocol: 'HTTP' }],
    invalidHosts: [],
    slice: sliceMesh(mesh, workload),
  };
}
