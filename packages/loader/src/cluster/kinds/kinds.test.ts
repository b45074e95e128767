import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeResources } from '@sidetrace/core';
import { knownKinds } from '@sidetrace/core/testing';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { leastRules } from './cluster-role';
import { readKinds } from './kinds';

const nameOf = (group: string, kind: string) => `${kind}.${group}`;

describe('the kinds that are read', () => {
  test('are those that can be decoded or judged, and those that are looked at as they are', () => {
    const asTheyAre = [
      'ConfigMap.',
      'MutatingWebhookConfiguration.admissionregistration.k8s.io',
      'Node.',
      ...['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute'].map(kind =>
        nameOf('gateway.networking.k8s.io', kind),
      ),
    ];
    const read = readKinds.map(({ group, kind }) => nameOf(group, kind));
    const decoded = knownKinds().map(({ kind, groups }) => {
      const found = read.find(name => groups.some(group => name === nameOf(group, kind)));
      return found ?? nameOf(groups[0] ?? '', kind);
    });
    expect([...read].sort()).toEqual([...new Set([...decoded, ...asTheyAre])].sort());
  });

  test.each(readKinds)('$kind is decoded in each of its versions', ({ group, versions, kind }) => {
    for (const version of versions) {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const value = { apiVersion, kind, metadata: { name: 'a', namespace: 'b' } };
      const source = { file: 'a', document: 0, line: 1 };
      const { issues } = decodeResources([{ value, source }]);
      expect(issues.filter(({ code }) => code === 'kind-unknown')).toEqual([]);
    }
  });

  test('never hold Secrets', () => {
    expect(readKinds.filter(({ kind }) => /secret/i.test(kind))).toEqual([]);
  });

  test('are there once', () => {
    const names = readKinds.map(({ group, kind }) => nameOf(group, kind));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the role in docs/cluster.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../../docs/cluster.md'), 'utf8');
  const manifests = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
    parseAllDocuments(text).map(document => document.toJS()),
  );
  const rulesOf = (kind: string) => manifests.find(object => object.kind === kind)?.rules;

  test('allows what is read, and nothing else', () => {
    expect(rulesOf('ClusterRole')).toEqual(leastRules.clusterRole);
    expect(rulesOf('Role')).toEqual(leastRules.role);
  });

  test('allows nothing about Secrets, and no change', () => {
    const rules = [...leastRules.clusterRole, ...leastRules.role];
    expect(rules.flatMap(({ resources }) => resources)).not.toContain('secrets');
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list', 'watch']));
  });
});
