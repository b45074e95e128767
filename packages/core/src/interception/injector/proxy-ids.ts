import type { InterceptionInput } from '../pod/pod-input';

/** User and group that the template gives to the proxy. */
export interface ProxyIds {
  readonly uid: number;
  readonly gid: number;
}

const uidRange = 'openshift.io/sa.scc.uid-range';
const supplementalGroups = 'openshift.io/sa.scc.supplemental-groups';

export function isOpenShift(input: InterceptionInput): boolean {
  return input.istiodEnvironment.PLATFORM?.toLowerCase() === 'openshift';
}

/** 1337, on OpenShift the last ids of the namespace's ranges (`pkg/kube/inject/openshift.go`, `inject.go:GetProxyIDs`). */
export function proxyIds(input: InterceptionInput): ProxyIds {
  if (!isOpenShift(input)) return { uid: 1337, gid: 1337 };
  const annotations = input.namespaceAnnotations;
  const uids = annotations[uidRange] ?? '';
  const groups = annotations[supplementalGroups] ?? uids;
  const [firstGroups = ''] = groups.split(',');
  const groupsAreFine = groups.split(',').every(block => blockEnd(block) !== undefined);
  return {
    uid: blockEnd(uids) ?? 1337,
    gid: (groupsAreFine ? blockEnd(firstGroups) : undefined) ?? 1337,
  };
}

/** The last id of `start/size` or `start-end`, as Go's `fmt.Sscanf` reads them. */
function blockEnd(text: string): number | undefined {
  const slash = text.includes('/');
  const match = (slash ? /^\s*\+?(\d+)\/\+?(\d+)/ : /^\s*\+?(\d+)-\+?(\d+)/).exec(text);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[2])];
  if (first > 0xffffffff || second > 0xffffffff) return undefined;
  return slash ? (first + second - 1) >>> 0 : second;
}
