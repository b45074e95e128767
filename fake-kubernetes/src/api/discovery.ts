import type { JsonObject } from '../json-object';
import { type ApiResource, apiVersionOf } from '../resources';

const versionEntry = (group: string, version: string): JsonObject => ({
  groupVersion: apiVersionOf(group, version),
  version,
});

/** The versions of a group, in the order in which its resources prefer them. */
function versionsOf(group: string, resources: readonly ApiResource[]): readonly string[] {
  const longest = resources
    .filter(resource => resource.group === group)
    .sort((a, b) => b.versions.length - a.versions.length);
  return [...new Set(longest.flatMap(resource => resource.versions))];
}

function groupBody(group: string, resources: readonly ApiResource[]): JsonObject {
  const versions = versionsOf(group, resources).map(version => versionEntry(group, version));
  return { name: group, versions, preferredVersion: versions[0] };
}

/** `/api`: the versions of the core group. */
export const coreVersions = (address: string): JsonObject => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
});

/** `/apis`: the named groups. */
export function apiGroups(resources: readonly ApiResource[]): JsonObject {
  const groups = new Set(resources.map(({ group }) => group).filter(group => group !== ''));
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...groups].map(group => groupBody(group, resources)),
  };
}

/** `/apis/<group>`; undefined when there is no such group. */
export function apiGroup(group: string, resources: readonly ApiResource[]): JsonObject | undefined {
  return group !== '' && resources.some(resource => resource.group === group)
    ? { kind: 'APIGroup', apiVersion: 'v1', ...groupBody(group, resources) }
    : undefined;
}

/** `/api/v1`, `/apis/<group>/<version>`: the resources of a version; undefined when it has none. */
export function apiResources(
  group: string,
  version: string,
  resources: readonly ApiResource[],
): JsonObject | undefined {
  const served = resources.filter(
    resource => resource.group === group && resource.versions.includes(version),
  );
  if (served.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(group, version),
    resources: served.map(({ plural, kind, namespaced, shortNames, categories }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs: ['get', 'list', 'watch'],
      ...(shortNames.length > 0 ? { shortNames } : {}),
      ...(categories.length > 0 ? { categories } : {}),
    })),
  };
}

/** `/version`, of a version such as `v1.32.4`. */
export function versionBody(gitVersion: string): JsonObject {
  const [, major = '1', minor = '0'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor,
    gitVersion,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'go1.23.6',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

/** `/openapi/v2`: that there is an API; it describes no type. */
export const openApi = (gitVersion: string): JsonObject => ({
  swagger: '2.0',
  info: { title: 'Kubernetes', version: gitVersion },
  paths: {},
});
