import type { ValueOf } from '../../schema';
import type { destination } from '../../schema/kinds/destination';
import { type Findings, reject, rejectIf } from '../findings';
import { checkWildcardDomain, isDnsLabel } from '../syntax/dns-name';
import { checkPort } from '../syntax/port';

type DestinationMessage = ValueOf<typeof destination>;

/** `validateSubsetName`. */
export function checkSubsetName(name: string): string | undefined {
  if (name === '') return 'subset name cannot be empty';
  return isDnsLabel(name) ? undefined : `subset name is invalid: ${name}`;
}

/** `validateDestination`: any host but `*` alone. */
export function validateDestination(
  findings: Findings,
  target: DestinationMessage | undefined,
  path: string,
): void {
  if (target === undefined) return;
  const wrong =
    target.host === '*'
      ? `invalid destination host ${target.host}`
      : checkWildcardDomain(target.host);
  rejectIf(findings, 'host-invalid', `${path}.host`, wrong);
  if (target.subset !== '') {
    rejectIf(findings, 'name-invalid', `${path}.subset`, checkSubsetName(target.subset));
  }
  if (target.port !== undefined) {
    rejectIf(findings, 'port-invalid', `${path}.port`, checkPort(target.port.number));
  }
}

interface Weighted {
  readonly destination: DestinationMessage | undefined;
  readonly weight: number;
}

/** The destinations of a route: each is there, weights are not negative and not all zero. */
export function validateDestinations(
  findings: Findings,
  targets: readonly Weighted[],
  path: string,
): void {
  let total = 0;
  targets.forEach((target, at) => {
    const place = `${path}.${at}`;
    if (target.destination === undefined) {
      reject(findings, 'missing', `${place}.destination`, 'destination is required');
    }
    validateDestination(findings, target.destination, `${place}.destination`);
    if (target.weight < 0) {
      const message = `weight ${target.weight} < 0`;
      reject(findings, 'range-invalid', `${place}.weight`, message);
    }
    total = (total + target.weight) | 0;
  });
  if (targets.length > 1 && total === 0) {
    reject(findings, 'range-invalid', path, 'total destination weight = 0');
  }
}
