import type { Trace } from '../trace';
import type { World } from '../world';

/** The same call while something outside of the mesh is not as it should be. */
export interface WorldVariant {
  readonly when: string;
  readonly world: World;
}

/** Longer than any timeout of a route. */
const veryLate = 1_000_000;

/** States of the outside that nobody has excluded, as far as they can touch this call. */
export function worldVariants(world: World | undefined, trace: Trace): readonly WorldVariant[] {
  const { reached, dns } = trace.symptom;
  const unresolved: readonly WorldVariant[] =
    dns === undefined
      ? []
      : [
          {
            when: 'if the name does not exist in DNS',
            world: { ...world, dns: {}, otherNames: 'nxdomain' },
          },
        ];
  if (reached === undefined) return unresolved;
  const { ip, port, tls } = reached;
  return [
    ...unresolved,
    {
      when: 'if the destination refuses connections',
      world: { ...world, refusingAddresses: [ip] },
    },
    { when: 'if the destination does not answer', world: { ...world, silentAddresses: [ip] } },
    { when: 'if the answer takes too long', world: { ...world, slowPaths: { '': veryLate } } },
    ...(tls
      ? [
          {
            when: 'if the certificate of the destination does not verify',
            world: { ...world, certificates: [{ host: '*', issuer: 'self' }] },
          },
        ]
      : [
          {
            when: 'if the destination wants TLS on this port',
            world: { ...world, tlsOnlyPorts: [port] },
          },
          {
            when: 'if the destination does not speak HTTP',
            world: { ...world, serverFirstPorts: [port] },
          },
        ]),
  ];
}
