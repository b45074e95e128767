import { isJsonObject, type JsonObject, member, textMember } from '../request';

/** The value of an environment variable that is not kept. */
export interface HiddenValue {
  readonly container: string;
  readonly name: string;
  /** Dotted path of the value inside the object. */
  readonly path: string;
}

/** An object as it is kept, and the values in it that were not kept. */
export interface StrippedObject {
  readonly object: JsonObject;
  readonly hidden: readonly HiddenValue[];
}

/** What stands in place of a value that is not kept. */
export const hiddenText = '[hidden]';

const secretName =
  /(^|[^a-z])(passwd|passphrase|pwd|credentials?|bearer|dsn)([^a-z]|$)|pass(word|code)|secret|token|(api|access|private|signing|encryption|auth|account|master|client)[-_.]?key|connection[-_.]?str/i;

/**
 * Settings of Istio whose names look secret and whose values are none: istiod (`pilot/pkg/bootstrap`,
 * `pilot/pkg/features`), agent (`pkg/istio-agent`, `security/pkg/nodeagent`).
 */
const settings =
  /^(PILOT_|ISTIO_|ISTIOD_|CITADEL_|CNI_|AMBIENT_|ENABLE_|SECRET_(TTL|GRACE_PERIOD_RATIO)|TOKEN_(AUDIENCES|ISSUER)|JWT_POLICY|CREDENTIAL_FETCHER_TYPE|K8S_INGRESS_NS)/;

const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/i;

/** Whether the value of an environment variable is likely a secret, by its name. */
export const looksSecret = (name: string): boolean => secretName.test(name) && !settings.test(name);

/** The value as it is kept: hidden, or without the user and password of a URL. */
export function keptValue(name: string, value: string): string {
  if (value === '') return value;
  return looksSecret(name) ? hiddenText : value.replace(userInfo, '$1');
}

/** Where kinds keep the specs of their pods: Pod, CronJob, WorkloadGroup has none, else the template. */
const podSpecPaths: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

type Note = (hidden: HiddenValue) => void;

function stripEnv(entry: unknown, container: string, path: string, note: Note): unknown {
  const name = textMember(entry, 'name');
  const value = textMember(entry, 'value');
  if (!isJsonObject(entry) || name === undefined || value === undefined) return entry;
  const kept = keptValue(name, value);
  if (kept === value) return entry;
  note({ container, name, path: `${path}.value` });
  return { ...entry, value: kept };
}

function stripContainer(container: unknown, path: string, note: Note): unknown {
  const env = member(container, 'env');
  if (!isJsonObject(container) || !Array.isArray(env)) return container;
  const name = textMember(container, 'name') ?? '';
  const entries: readonly unknown[] = env;
  return {
    ...container,
    env: entries.map((entry, index) => stripEnv(entry, name, `${path}.env.${index}`, note)),
  };
}

function stripPodSpec(spec: JsonObject, path: string, note: Note): JsonObject {
  const lists = containerLists.flatMap(name => {
    const list: unknown = member(spec, name);
    if (!Array.isArray(list)) return [];
    const containers: readonly unknown[] = list;
    const stripped = containers.map((container, index) =>
      stripContainer(container, `${path}.${name}.${index}`, note),
    );
    return [[name, stripped] as const];
  });
  return lists.length === 0 ? spec : { ...spec, ...Object.fromEntries(lists) };
}

/** The object with a field below it replaced, as far as the path leads to objects. */
function replaceAt(
  object: JsonObject,
  path: readonly string[],
  change: (spec: JsonObject) => JsonObject,
): JsonObject {
  const [first, ...rest] = path;
  if (first === undefined) return change(object);
  const below = member(object, first);
  return isJsonObject(below) ? { ...object, [first]: replaceAt(below, rest, change) } : object;
}

/** The object without the values of environment variables that look secret, and which these are. */
export function stripPodSpecs(object: JsonObject): StrippedObject {
  const hidden: HiddenValue[] = [];
  const note: Note = value => hidden.push(value);
  const stripped = podSpecPaths.reduce(
    (changed, path) => replaceAt(changed, path, spec => stripPodSpec(spec, path.join('.'), note)),
    object,
  );
  return { object: stripped, hidden };
}
