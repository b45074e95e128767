import { describe, expect, it } from 'vitest';
import { applyChanges, type MeshChange, meshFromYaml } from '../../mesh';
import { accessMatrix } from '../matrix/access-matrix';
import { externalAccess } from '../matrix/external-access';
import { diffAccess } from './diff-access';
import type { MatrixDiff } from './diff-matrices';
import { whatIfMatrix } from './what-if-matrix';

const deployment = (namespace: string, name: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: app}]}}`;

const entry = (namespace: string, exportTo: string) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'ServiceEntry',
  metadata: { name: 'pay', namespace },
  spec: {
    hosts: ['api.pay.example'],
    location: 'MESH_EXTERNAL',
    resolution: 'DNS',
    exportTo: [exportTo],
    ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
  },
});

const namespace = (name: string) => `
---
apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {istio-injection: enabled}}`;

const mesh = meshFromYaml(`
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}
${namespace('shop')}${namespace('bank')}
${deployment('shop', 'web')}${deployment('shop', 'cart')}${deployment('bank', 'ledger')}
---
${JSON.stringify(entry('shop', '*'))}`);

const apply = (value: unknown): MeshChange => ({
  kind: 'apply',
  resource: { value, source: { file: 'new.yaml', document: 0, line: 1 } },
});

const counts = (diff: MatrixDiff) => {
  const cells = (rows: readonly { readonly group: { readonly size: number } }[]) =>
    rows.reduce((sum, { group }) => sum + group.size, 0);
  const of = (name: string) => cells(diff.changed.filter(({ change }) => change === name));
  return {
    added: cells(diff.added),
    removed: cells(diff.removed),
    opened: of('opened'),
    closed: of('closed'),
    path: of('path'),
    detail: of('detail'),
    unchanged: diff.unchanged,
  };
};

describe('the difference of two grouped matrices', () => {
  const matrix = accessMatrix(mesh);
  it.each<[string, MeshChange]>([
    ['an entry that is no longer exported', apply(entry('shop', '.'))],
    ['an entry more', apply({ ...entry('bank', '*'), metadata: { name: 'b', namespace: 'bank' } })],
    ['another outbound mode', { kind: 'set-outbound', mode: 'ALLOW_ANY' }],
    [
      'an entry less',
      { kind: 'remove', object: { kind: 'ServiceEntry', namespace: 'shop', name: 'pay' } },
    ],
    [
      'a workload less',
      { kind: 'remove', object: { kind: 'Deployment', namespace: 'shop', name: 'cart' } },
    ],
    [
      'a workload without sidecar',
      {
        kind: 'annotate',
        workload: { kind: 'Deployment', namespace: 'shop', name: 'cart' },
        annotation: 'sidecar.istio.io/inject',
        value: 'false',
      },
    ],
  ])('counts the same cells as row by row: %s', (_, change) => {
    const { diff } = whatIfMatrix(mesh, matrix, [change]);
    const plain = diffAccess(
      externalAccess(mesh),
      externalAccess(applyChanges(mesh, [change]).mesh),
    );
    const of = (name: string) => plain.changed.filter(row => row.change === name).length;
    expect(counts(diff)).toEqual({
      added: plain.added.length,
      removed: plain.removed.length,
      opened: of('opened'),
      closed: of('closed'),
      path: of('path'),
      detail: of('detail'),
      unchanged: plain.unchanged,
    });
  });

  it('names whom it closes a host for', () => {
    const { diff } = whatIfMatrix(mesh, matrix, [apply(entry('shop', '.'))]);
    expect(diff.changed.filter(({ change }) => change === 'closed')).toMatchObject([
      { change: 'closed', after: { host: 'api.pay.example' }, group: { patterns: ['bank/*'] } },
    ]);
  });
});
