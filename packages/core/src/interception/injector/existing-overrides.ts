import { readContainers } from '../../resources';
import { type InjectedContainer, type InjectedPod, readContainer } from '../pod/injected-pod';

/** Containers of the author that an earlier injection found under names of its own, by list. */
export interface Overrides {
  readonly containers: readonly InjectedContainer[];
  readonly initContainers: readonly InjectedContainer[];
}

export const overridesKey = 'proxy.istio.io/overrides';

const none: Overrides = { containers: [], initContainers: [] };

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** `undefined`: the annotation is not the JSON of two lists of containers, and the injector refuses the pod. */
export function existingOverrides({ annotations }: InjectedPod): Overrides | undefined {
  const given = annotations.get(overridesKey);
  if (given === undefined) return none;
  const parsed = parseJson(given.value);
  const read = parsed === undefined ? undefined : readContainers(parsed.value);
  if (read === undefined) return undefined;
  const origin = () => given.origin;
  return {
    containers: read.containers.map(item => readContainer(item, '', origin)),
    initContainers: read.initContainers.map(item => readContainer(item, '', origin)),
  };
}
