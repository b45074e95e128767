import { parseYaml } from '../../yaml';

/** Names of the containers that an earlier injection added, by the annotation `sidecar.istio.io/status`. */
export interface InjectionStatus {
  readonly initContainers: readonly string[];
  readonly containers: readonly string[];
}

/** Reads the JSON of the annotation; what cannot be read names nothing (`pkg/kube/inject/webhook.go:parseStatus`). */
export function readInjectionStatus(text: string | undefined): InjectionStatus {
  const parsed = text === undefined ? undefined : parseYaml(text);
  const value = parsed?.ok ? parsed.value : undefined;
  const names = (key: string): readonly string[] => {
    const isMap = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    const list = isMap ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
    return Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
  };
  return { initContainers: names('initContainers'), containers: names('containers') };
}
