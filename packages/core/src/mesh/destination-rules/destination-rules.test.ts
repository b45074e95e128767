import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh-from-yaml';
import { destinationRuleFor } from './rule-for';

const rule = (namespace: string, name: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;

function lookUp(documents: readonly string[], client = 'client', labels = {}) {
  const mesh = meshFromYaml(documents.join('\n---\n'));
  const service = { hostname: 'web.server.svc.cluster.local', namespace: 'server' };
  return destinationRuleFor(mesh, { namespace: client, labels }, service);
}
const host = 'host: web.server.svc.cluster.local';
const found = (documents: readonly string[], client = 'client', labels = {}) =>
  lookUp(documents, client, labels)?.from.map(
    ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
  );

describe('which DestinationRule applies', () => {
  const own = rule('client', 'own', 'host: "*.svc.cluster.local"');
  const servers = rule('server', 'servers', host);
  const root = rule('istio-system', 'root', 'host: "*"');

  it('the client namespace first, even with a wildcard', () => {
    expect(found([own, servers, root])).toEqual(['client/own']);
  });
  it('then the namespace of the service, then the root namespace', () => {
    expect(found([servers, root])).toEqual(['server/servers']);
    expect(found([root])).toEqual(['istio-system/root']);
  });
  it('a client in the root namespace does not look there first', () => {
    expect(found([servers, root], 'istio-system')).toEqual(['server/servers']);
  });
  it('an exact host before the longest wildcard', () => {
    const exact = rule('client', 'exact', host);
    const longer = rule('client', 'longer', 'host: "*.server.svc.cluster.local"');
    expect(found([own, longer, exact])).toEqual(['client/exact']);
    expect(found([own, longer])).toEqual(['client/longer']);
  });
  it('not one that is exported to others only', () => {
    expect(found([rule('server', 'r', `${host}, exportTo: [other]`)])).toBeUndefined();
    expect(found([rule('server', 'r', `${host}, exportTo: [client]`)])).toEqual(['server/r']);
  });
  it('a short name is one of its own namespace', () => {
    expect(found([rule('server', 'r', 'host: web')])).toEqual(['server/r']);
    expect(found([rule('client', 'r', 'host: web')])).toBeUndefined();
  });
});

describe('several DestinationRules for one host', () => {
  const one = rule('server', 'one', `${host}, subsets: [{name: v1, labels: {version: v1}}]`);
  const two = rule(
    'server',
    'two',
    `${host}, trafficPolicy: {tls: {mode: DISABLE}}, subsets: [{name: v1, labels: {version: x}}, {name: v2, labels: {version: v2}}]`,
  );

  it('join: subsets of new names, the first traffic policy', () => {
    const merged = lookUp([one, two]);
    expect(merged?.subsets.map(({ name, labels }) => [name, labels.version])).toEqual([
      ['v1', 'v1'],
      ['v2', 'v2'],
    ]);
    expect(merged?.trafficPolicy?.tls?.mode).toBe('DISABLE');
  });

  it('stay apart when exported to different namespaces: the later is used alone', () => {
    const other = two.replace(host, `${host}, exportTo: [client]`);
    expect(found([one, other])).toEqual(['server/two']);
  });

  const selecting = rule(
    'client',
    'selecting',
    `${host}, workloadSelector: {matchLabels: {app: x}}`,
  );
  it('one with a selector applies to the workloads it selects', () => {
    const general = rule('client', 'general', host);
    expect(found([general, selecting], 'client', { app: 'x' })).toEqual(['client/selecting']);
    expect(found([general, selecting], 'client', { app: 'y' })).toEqual(['client/general']);
  });

  it('one exported to `.` alone joins the selecting one and is lost for the others', () => {
    const general = rule('client', 'general', `${host}, exportTo: ["."]`);
    expect(found([general, selecting], 'client', { app: 'x' })).toEqual([
      'client/selecting',
      'client/general',
    ]);
    expect(found([general, selecting], 'client', { app: 'y' })).toBeUndefined();
  });
});
