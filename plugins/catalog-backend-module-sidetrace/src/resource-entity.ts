import { createHash } from 'node:crypto';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';
import type { ExternalHost } from './external-host';
import type { ProviderConfig } from './provider-config';

/** Longest name of an entity (Backstage, KubernetesValidatorFunctions). */
const nameLimit = 63;
const location = 'sidetrace:external-hosts';

/** A host as the name of an entity; one that is too long ends with a digest, so that names stay different. */
export function entityNameOf(host: string): string {
  const name = host
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  if (name === host.toLowerCase() && name.length <= nameLimit) return name;
  const digest = createHash('sha256').update(host).digest('hex').slice(0, 8);
  return `${name.slice(0, nameLimit - 9).replace(/[-.]+$/, '')}-${digest}`.replace(/^-/, '');
}

/**
 * An external host as a Resource. `dependencyOf` gives the components their `dependsOn` relation. It does not carry the
 * annotation of declared hosts: what is simulated must not count as declared.
 */
export function resourceEntity(
  { host, ports, reachedBy }: ExternalHost,
  { namespace, owner, system }: ProviderConfig,
): ResourceEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityNameOf(host),
      namespace,
      title: host,
      description: `External host, reached on ${ports.join(', ')}; found by simulating the mesh.`,
      tags: ['external-host'],
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        'sidetrace.dev/reached-on': ports.join(', '),
      },
    },
    spec: {
      type: 'external-host',
      owner,
      ...(system !== undefined && { system }),
      dependencyOf: [...reachedBy],
    },
  };
}
