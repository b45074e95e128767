import type { Mesh, Workload } from '../../mesh';
import { type Cidr, formatCidr } from '../../net';
import type { Rule } from '../../netfilter';
import { type PodStack, stacksOf } from '../../simulation';
import type { AccessTarget } from '../matrix/access-options';
import { expandTarget, type Target, targetsOf, unregisteredHost } from '../matrix/targets';
import type { Expectations } from './expectations';
import { parseTarget } from './reading/parse-target';

/** An address that no registry knows (RFC 5737, TEST-NET-3). */
const bareAddress: AccessTarget = { host: '203.0.113.200', port: 443, protocol: 'TCP' };

/** Every host that the file names. */
function namedTargets(file: Expectations): readonly AccessTarget[] {
  const texts = [...Object.values(file.groups).flat(), ...file.expectations.map(({ to }) => to)];
  return texts
    .filter(to => to !== 'any' && !to.startsWith('group:'))
    .flatMap(to => parseTarget(to) ?? []);
}

/** Ports and ranges that rules of a pod let pass, of the process's own outgoing calls. */
function exemptions(stack: PodStack): readonly Rule[] {
  const tables = stack.rules?.ruleset.v4 ?? [];
  return tables.flatMap(({ chains }) =>
    chains
      .filter(({ name }) => name === 'ISTIO_OUTPUT' || name === 'istio-output')
      .flatMap(({ rules }) => rules.filter(({ target }) => target.kind === 'RETURN')),
  );
}

const isLoopback = ({ address }: Cidr) => address.startsWith('127.');

/** Destinations that stand for what a rule exempts: an unregistered host on the port, the first address of the range. */
function exempted({ matches }: Rule): readonly AccessTarget[] {
  return matches.flatMap((match): readonly AccessTarget[] => {
    if (match.kind === 'destination-port' && !match.negated) {
      return match.ranges.map(({ from }) => ({
        host: unregisteredHost,
        port: from,
        protocol: 'TCP',
      }));
    }
    if (match.kind !== 'destination' || match.negated || isLoopback(match.cidr)) return [];
    return [{ host: formatCidr(match.cidr).split('/')[0] ?? '', port: 443, protocol: 'TCP' }];
  });
}

const keyOf = ({ host, port, protocol }: Target) => `${host}:${port}/${protocol}`;

/**
 * What `any` stands for: every host that the mesh knows (a sample for each wildcard) and that the file names, one
 * unregistered host each for HTTP, TLS and TCP, one bare address, and of each workload the ports and ranges that its rules
 * exempt.
 */
export function universe(
  mesh: Mesh,
  file: Expectations,
): (workload: Workload) => readonly Target[] {
  const shared = targetsOf(mesh, { hosts: [...namedTargets(file), bareAddress] });
  return workload => {
    const own = stacksOf(mesh, workload)
      .flatMap(exemptions)
      .flatMap(exempted)
      .flatMap(target => expandTarget(mesh, target));
    return [...new Map([...shared, ...own].map(target => [keyOf(target), target])).values()];
  };
}
