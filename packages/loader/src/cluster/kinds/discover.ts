import {
  ApiFailure,
  type Connection,
  isJsonObject,
  type JsonObject,
  member,
  type Pace,
  readJson,
  retry,
  textMember,
} from '../request';
import { type ReadKind, readKinds } from './kinds';

/** A kind, in the version in which this cluster serves it. */
export interface ServedKind {
  readonly kind: ReadKind;
  readonly version: string;
}

/** Path of an API group's version: `/api/v1`, `/apis/apps/v1`. */
export const groupPath = (group: string, version: string): string =>
  group === '' ? `/api/${version}` : `/apis/${group}/${version}`;

export interface DiscoverOptions {
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
}

const discoveryIdleMs = 60_000;
const discoveryLimit = 16 * 1024 * 1024;

const itemsOf = (value: JsonObject, name: string): readonly JsonObject[] => {
  const items = member(value, name);
  return Array.isArray(items) ? items.filter(isJsonObject) : [];
};

type Ask = (path: string) => Promise<JsonObject | undefined>;

/** What discovery says about a path; undefined when it is not served or may not be seen. */
function asker(connection: Connection, { pace, signal }: DiscoverOptions): Ask {
  return path =>
    retry(
      () =>
        readJson(
          connection,
          { path, signal, idleMs: discoveryIdleMs, compressed: true },
          discoveryLimit,
        ),
      pace,
      signal,
    ).catch((error: unknown) => {
      const isHidden =
        error instanceof ApiFailure && (error.status === 404 || error.status === 403);
      if (isHidden) return undefined;
      throw error;
    });
}

/** Versions of each group, the preferred one first. */
function versionsByGroup(groups: JsonObject): ReadonlyMap<string, readonly string[]> {
  return new Map(
    itemsOf(groups, 'groups').map(group => {
      const preferred = textMember(member(group, 'preferredVersion'), 'version');
      const served = itemsOf(group, 'versions').flatMap(
        version => textMember(version, 'version') ?? [],
      );
      const first = served.filter(version => version === preferred);
      return [textMember(group, 'name') ?? '', [...new Set([...first, ...served])]];
    }),
  );
}

/**
 * The kinds that the cluster has, each in the first version that its group prefers and that can be decoded, as kubectl
 * chooses (`restmapper`). A kind that is not there is left out: it is not installed. Where discovery may not be seen, a
 * group's kinds are taken to be there in the first version; its list tells whether they are.
 */
export async function discoverKinds(
  connection: Connection,
  options: DiscoverOptions,
): Promise<readonly ServedKind[]> {
  const ask = asker(connection, options);
  const groups = await ask('/apis');
  const served = groups === undefined ? undefined : versionsByGroup(groups);
  const resources = new Map<string, Promise<JsonObject | undefined>>();
  const resourcesAt = (path: string) => {
    const known = resources.get(path) ?? ask(path);
    resources.set(path, known);
    return known;
  };
  const found = readKinds.map(async (kind): Promise<ServedKind | undefined> => {
    const [first] = kind.versions;
    if (served === undefined) return { kind, version: first };
    const versions = kind.group === '' ? kind.versions : (served.get(kind.group) ?? []);
    for (const version of versions) {
      if (!kind.versions.includes(version)) continue;
      const list = await resourcesAt(groupPath(kind.group, version));
      if (list === undefined) return { kind, version };
      const has = itemsOf(list, 'resources').some(
        resource =>
          textMember(resource, 'name') === kind.plural &&
          textMember(resource, 'kind') === kind.kind,
      );
      if (has) return { kind, version };
    }
    return undefined;
  });
  return (await Promise.all(found)).filter(kind => kind !== undefined);
}
