import type { HttpRbac, NetworkRbac } from '../config/rbac';
import { judgeRbac } from '../matching/judge-rbac';
import type { EnvoyCall } from './call';
import type { WalkRecorder } from './walk-recorder';

const deniedStatus = 403;

/** Runs RBAC filters in order; false when the call ends at one. */
export function checkPolicies(
  filters: readonly (HttpRbac | NetworkRbac)[],
  call: EnvoyCall,
  recorder: WalkRecorder,
): boolean {
  for (const rbac of filters) {
    const verdict = judgeRbac(rbac, call);
    const origin = verdict.policy?.origin ?? rbac.origin;
    const who = verdict.policy === undefined ? rbac.name : `policy ${verdict.policy.name}`;
    if (verdict.kind === 'allowed') {
      recorder.step({ kind: 'policy', title: `${who} lets it pass`, origin });
      continue;
    }
    if (verdict.kind === 'unknown') {
      const uncertain = `${who} depends on ${verdict.what}`;
      const step = { kind: 'policy', title: uncertain, origin } as const;
      if (!recorder.block(step, { outcome: 'undetermined', uncertain })) return false;
      continue;
    }
    const step = { kind: 'policy', title: `${who} denies it`, origin } as const;
    const status = rbac.kind === 'http-rbac' ? { status: deniedStatus } : {};
    if (!recorder.block(step, { outcome: 'denied', ...status })) return false;
  }
  return true;
}
