import {
  entityEnvelopeSchemaValidator,
  resourceEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { describe, expect, test } from 'vitest';
import { entityNameOf, resourceEntity } from './resource-entity';

const config = {
  schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
  owner: 'group:default/platform',
  namespace: 'default',
};

describe('a Resource for an external host', () => {
  test('is an entity that the catalog accepts', async () => {
    const entity = resourceEntity(
      { host: 'api.stripe.com', ports: ['443/TLS'], reachedBy: ['component:default/web'] },
      { ...config, system: 'system:default/shop' },
    );
    entityEnvelopeSchemaValidator()(entity);
    expect(await resourceEntityV1alpha1Validator.check(entity)).toBe(true);
    expect(entity.metadata.name).toBe('api.stripe.com');
    expect(entity.spec).toMatchObject({
      type: 'external-host',
      dependencyOf: ['component:default/web'],
      system: 'system:default/shop',
    });
  });

  test('does not declare the host: what is simulated is not what was asked for', () => {
    const { metadata } = resourceEntity({ host: 'a.example', ports: [], reachedBy: [] }, config);
    expect(metadata.annotations).not.toHaveProperty(['sidetrace.dev/external-hosts']);
  });

  test.each(['192.0.2.7', '2001:db8::1', `${'long-label.'.repeat(9)}example`, '_sip.example'])(
    '%s has a name that is allowed',
    host => {
      expect(entityNameOf(host)).toMatch(/^[a-z0-9]+([-_.][a-z0-9]+)*$/);
      expect(entityNameOf(host).length).toBeLessThanOrEqual(63);
    },
  );

  test('hosts that differ in what a name cannot hold have different names', () => {
    expect(entityNameOf('2001:db8::1')).not.toBe(entityNameOf('2001:db8:1'));
  });
});
