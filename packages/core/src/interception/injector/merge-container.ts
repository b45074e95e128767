import type { SecurityContext } from '../../resources';
import type { InjectedContainer } from '../pod/injected-pod';

/** Lays `patch` over `base` as Kubernetes' strategic merge: arguments replaced, variables by name, security field by field. */
export function mergeContainer(
  base: InjectedContainer,
  patch: InjectedContainer,
): InjectedContainer {
  const env = mergeVariables(base.env ?? [], patch.env ?? []);
  const args = patch.args === undefined || patch.args.length === 0 ? base.args : patch.args;
  const restartPolicy = patch.restartPolicy ?? base.restartPolicy;
  const securityContext = mergeSecurity(base.securityContext, patch.securityContext);
  return {
    name: base.name,
    ...(args !== undefined && { args }),
    ...(env.length > 0 && { env }),
    ...(securityContext !== undefined && { securityContext }),
    ...(restartPolicy !== undefined && { restartPolicy }),
  };
}

type Variables = NonNullable<InjectedContainer['env']>;

function mergeVariables(base: Variables, patch: Variables): Variables {
  const byName = new Map(base.map(variable => [variable.name, variable]));
  for (const variable of patch) byName.set(variable.name, variable);
  return [...byName.values()];
}

function mergeSecurity(
  base: SecurityContext | undefined,
  patch: SecurityContext | undefined,
): SecurityContext | undefined {
  if (base === undefined || patch === undefined) return patch ?? base;
  const capabilities =
    base.capabilities === undefined && patch.capabilities === undefined
      ? {}
      : { capabilities: { ...base.capabilities, ...patch.capabilities } };
  return { ...base, ...patch, ...capabilities };
}

/** Merges a list of containers by name; new ones come last. */
export function mergeContainers(
  base: readonly InjectedContainer[],
  patch: readonly InjectedContainer[],
): readonly InjectedContainer[] {
  const known = new Set(base.map(container => container.name));
  const merged = base.map(container => {
    const over = patch.find(candidate => candidate.name === container.name);
    return over === undefined ? container : mergeContainer(container, over);
  });
  return [...merged, ...patch.filter(container => !known.has(container.name))];
}
