import { injectionOf, type Mesh, proxiesOf, type Workload } from '../../mesh';
import { compileInterception, type InterceptionResult } from '../pod/compile-interception';
import { inputOf, interfaceAddresses, subjectOf } from './interception-of';
import { isInjectedAlready } from './observed-injection';

/** Who makes the rules, and annotations of the pod that are thought away. */
export interface RuleMaker {
  readonly by: 'init' | 'cni';
  readonly without?: string;
}

/** A map with one value set at a path. */
function withValue(map: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const fields = new Map<string, unknown>(
    typeof map === 'object' && map !== null ? Object.entries(map) : [],
  );
  fields.set(key, withValue(fields.get(key), rest, value));
  return Object.fromEntries(fields);
}

/**
 * What the interception of a workload's pods would be with the rules made by istio-init or by the CNI plugin, whichever
 * the mesh uses; `undefined` for pods that are not injected, or come from a cluster where they are already.
 */
export function interceptionBy(
  mesh: Mesh,
  workload: Workload,
  { by, without }: RuleMaker,
): InterceptionResult | undefined {
  const subject = subjectOf({ workload });
  if (isInjectedAlready(subject.spec, subject.annotations)) return undefined;
  if (!injectionOf(mesh, workload).injected) return undefined;
  const annotations = Object.fromEntries(
    Object.entries(subject.annotations).filter(([name]) => name !== without),
  );
  const input = inputOf(mesh, { workload }, { ...subject, annotations });
  const values = withValue(input.helm.values, ['pilot', 'cni', 'enabled'], by === 'cni');
  return compileInterception({
    ...input,
    helm: { ...input.helm, values },
    injection: 'inject',
    network: {
      interfaceAddresses: interfaceAddresses(proxiesOf(mesh, workload)[0]?.ips ?? []),
      nameservers: ['10.96.0.10'],
    },
  });
}
