import { expect, test } from 'vitest';
import { withoutSecret } from './without-secret';

const source = { file: 'mesh.yaml', document: 0, line: 1 };
const stored = (value: unknown) => withoutSecret({ value, source }).value;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const key = '-----BEGIN PRIVATE KEY-----\nSECRETKEY\n-----END PRIVATE KEY-----\n';

test('of a Secret is stored which values it has and whether they are PEM, never what they are', () => {
  const secret = stored({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'shop-tls',
      namespace: 'shop',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":"SECRET"}' },
    },
    data: { 'tls.key': base64(key), password: base64('SECRET'), broken: 7 },
    stringData: { note: 'SECRET', 'tls.key': key },
  });
  const hidden = '-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----\n';
  expect(secret).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'shop-tls', namespace: 'shop' },
    data: { 'tls.key': base64(hidden), password: '', broken: '' },
    stringData: { note: '', 'tls.key': hidden },
  });
});

test('other objects are stored as they are', () => {
  const config = { kind: 'ConfigMap', metadata: { name: 'istio' }, data: { mesh: '{}' } };
  expect(stored(config)).toBe(config);
  expect(stored('no object')).toBe('no object');
  expect(stored({ kind: 'Secret', metadata: 'no object' })).toEqual({
    kind: 'Secret',
    metadata: {},
  });
});

test('Secrets inside of lists are stored without their values as well', () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { kind: 'Namespace', metadata: { name: 'shop' } },
      { kind: 'Secret', metadata: { name: 'a' }, stringData: { password: 'SECRET' } },
      {
        kind: 'SecretList',
        items: [{ kind: null, metadata: { name: 'b' }, data: { password: 'SECRET' } }],
      },
    ],
  };
  const kept = stored(list);
  expect(JSON.stringify(kept)).not.toContain('SECRET"');
  expect(kept).toMatchObject({ items: [list.items[0], { metadata: { name: 'a' } }, {}] });
});

test('values of environment variables whose names look secret are not stored', () => {
  const pod = (env: readonly object[]) => ({
    kind: 'Deployment',
    metadata: {
      name: 'web',
      annotations: { team: 'a', 'kubectl.kubernetes.io/last-applied-configuration': 'SECRET' },
    },
    spec: { template: { spec: { containers: [{ name: 'app', env }] } } },
  });
  const kept = stored(
    pod([
      { name: 'DB_PASSWORD', value: 'SECRET' },
      { name: 'MODE', value: 'a' },
    ]),
  );
  expect(JSON.stringify(kept)).not.toContain('SECRET');
  expect(kept).toMatchObject({
    metadata: { annotations: { team: 'a' } },
    spec: {
      template: { spec: { containers: [{ env: [{ name: 'DB_PASSWORD' }, { value: 'a' }] }] } },
    },
  });
  const harmless = pod([{ name: 'MODE', value: 'a' }]);
  expect(stored(harmless)).toBe(harmless);
});
