import type { ValueOf } from '../../schema';
import type { loadBalancer } from '../../schema/kinds/load-balancer';
import { type Findings, reject, warn } from '../findings';
import { validateDuration } from './connection-pool';
import { validateLocalitySetting } from './locality';

type LoadBalancerMessage = ValueOf<typeof loadBalancer>;
type ConsistentHash = NonNullable<LoadBalancerMessage['consistentHash']>;
type Warmup = NonNullable<LoadBalancerMessage['warmup']>;

const mostSlots = 5_000_011;

/** Envoy's test, so that Maglev tables are sized as it takes them. */
function isPrime(number: number): boolean {
  if (number !== 0 && number < 4) return true;
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) {
    if (number % factor === 0) return false;
  }
  return true;
}

function validateMaglev(findings: Findings, size: number, path: string): void {
  const refuse = (message: string) => reject(findings, 'range-invalid', path, message);
  if (size === 0) refuse('tableSize must be set for maglev');
  if (size >= mostSlots) refuse('tableSize must be less than 5000011 for maglev');
  else if (!isPrime(size)) refuse('tableSize must be a prime number for maglev');
}

function validateHash(findings: Findings, hash: ConsistentHash, path: string): void {
  if (hash.httpCookie?.name === '') {
    reject(findings, 'missing', `${path}.httpCookie.name`, 'name required for HttpCookie');
  }
  if (hash.minimumRingSize !== 0) {
    const at = `${path}.minimumRingSize`;
    const message =
      "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead";
    warn(findings, 'deprecated', at, message);
    if (hash.ringHash !== undefined || hash.maglev !== undefined) {
      const both = 'only one of MinimumRingSize or Maglev/Ringhash can be specified';
      reject(findings, 'conflict', at, both);
    }
  }
  if (hash.maglev !== undefined) {
    validateMaglev(findings, hash.maglev.tableSize, `${path}.maglev.tableSize`);
  }
}

function validateWarmup(findings: Findings, warmup: Warmup, path: string): void {
  if (warmup.duration === undefined) {
    reject(findings, 'missing', `${path}.duration`, 'duration is required');
  }
  validateDuration(findings, warmup.duration, `${path}.duration`);
  if ((warmup.minimumPercent ?? 0) > 100) {
    const message = 'minimumPercent value should be less than or equal to 100';
    reject(findings, 'range-invalid', `${path}.minimumPercent`, message);
  }
  if (warmup.aggression !== undefined && warmup.aggression < 1) {
    const message = 'aggression should be greater than or equal to 1';
    reject(findings, 'range-invalid', `${path}.aggression`, message);
  }
}

/** `validateLoadBalancer`. */
export function validateLoadBalancer(
  findings: Findings,
  balancer: LoadBalancerMessage | undefined,
  place: { readonly path: string; readonly hasOutlier: boolean },
): void {
  if (balancer === undefined) return;
  const { path, hasOutlier } = place;
  const { consistentHash, localityLbSetting, warmup } = balancer;
  if (consistentHash !== undefined) {
    validateHash(findings, consistentHash, `${path}.consistentHash`);
  }
  const at = { path: `${path}.localityLbSetting`, hasOutlier };
  validateLocalitySetting(findings, localityLbSetting, at);
  if (warmup !== undefined) validateWarmup(findings, warmup, `${path}.warmup`);
}
