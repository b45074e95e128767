import { describe, expect, test } from 'vitest';
import { deployment, manifest } from '../testing/manifests';
import { hiddenText, keptValue, looksSecret, stripObject } from '.';

describe('an object that is kept', () => {
  test('has no managedFields, no version, and nothing of what was last applied', () => {
    const object = manifest('v1', 'Pod', 'shop/a', {
      metadata: {
        uid: 'u',
        resourceVersion: '7',
        generation: 2,
        managedFields: [{ manager: 'kubectl' }],
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"password":"hush"}',
          'sidecar.istio.io/inject': 'true',
        },
      },
    });
    expect(stripObject(object)?.object).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        namespace: 'shop',
        name: 'a',
        uid: 'u',
        annotations: { 'sidecar.istio.io/inject': 'true' },
      },
    });
  });

  test('is never a Secret', () => {
    expect(stripObject(manifest('v1', 'Secret', 'shop/a'))).toBeUndefined();
  });

  test('has of the status of a node its software only', () => {
    const node = manifest('v1', 'Node', 'n', {
      status: {
        nodeInfo: { kubeletVersion: 'v1.32.0' },
        conditions: [{ lastHeartbeatTime: 'now' }],
      },
    });
    expect(stripObject(node)?.object.status).toEqual({ nodeInfo: { kubeletVersion: 'v1.32.0' } });
  });
});

describe('the value of an environment variable', () => {
  test.each([
    'DB_PASSWORD',
    'password',
    'PGPASSWORD',
    'API_TOKEN',
    'GITHUB_TOKEN',
    'CLIENT_SECRET',
    'STRIPE_API_KEY',
    'apiKey',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'DB_PASSWD',
    'SSH_PASSPHRASE',
    'AZURE_CREDENTIALS',
    'SENTRY_DSN',
    'CONNECTION_STRING',
  ])('of %s is hidden', name => {
    expect(keptValue(name, 'hush')).toBe(hiddenText);
  });

  test.each([
    'PILOT_JWT_PUB_KEY_REFRESH_INTERVAL',
    'ISTIO_META_DNS_CAPTURE',
    'JWT_POLICY',
    'TOKEN_AUDIENCES',
    'SECRET_TTL',
    'PORT',
    'COMPASS',
    'MONKEY',
    'AUTHOR',
  ])('of %s is kept', name => {
    expect(looksSecret(name)).toBe(false);
    expect(keptValue(name, 'value')).toBe('value');
  });

  test('has no user and password in a URL', () => {
    expect(keptValue('HTTPS_PROXY', 'http://me:hush@proxy.example:3128/')).toBe(
      'http://proxy.example:3128/',
    );
    expect(keptValue('DATABASE_URL', 'postgres://me:hu@sh@db:5432/a')).not.toContain('hu@');
    expect(keptValue('URL', 'https://a.example/@x')).toBe('https://a.example/@x');
  });

  test('is hidden in every container of a template, and the place is told', () => {
    const stripped = stripObject(
      deployment('shop/web', [
        { name: 'PORT', value: '80' },
        { name: 'DB_PASSWORD', value: 'hush' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      ]),
    );
    expect(JSON.stringify(stripped)).not.toContain('hush');
    expect(JSON.stringify(stripped)).toContain('secretKeyRef');
    expect(stripped?.hidden).toEqual([
      {
        container: 'app',
        name: 'DB_PASSWORD',
        path: 'spec.template.spec.containers.0.env.1.value',
      },
    ]);
  });

  test.each([
    ['Pod', { containers: [{ name: 'a', env: [{ name: 'TOKEN', value: 'hush' }] }] }],
    ['Pod', { initContainers: [{ name: 'a', env: [{ name: 'TOKEN', value: 'hush' }] }] }],
    ['Pod', { ephemeralContainers: [{ name: 'a', env: [{ name: 'TOKEN', value: 'hush' }] }] }],
    [
      'CronJob',
      {
        jobTemplate: {
          spec: {
            template: { spec: { containers: [{ env: [{ name: 'TOKEN', value: 'hush' }] }] } },
          },
        },
      },
    ],
  ])('is hidden in a %s: %o', (kind, spec) => {
    const stripped = stripObject(manifest('v1', kind, 'shop/a', { spec }));
    expect(JSON.stringify(stripped?.object)).not.toContain('hush');
    expect(stripped?.hidden).toHaveLength(1);
  });

  test('odd shapes are kept as they are', () => {
    const odd = manifest('v1', 'Pod', 'shop/a', {
      spec: { containers: [null, 'x', { env: 'no' }, { env: [null, 7, { name: 3, value: 4 }] }] },
    });
    expect(stripObject(odd)?.object).toEqual(odd);
  });
});
