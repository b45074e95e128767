import {
  apiGroup,
  apiGroups,
  apiResources,
  type CollectionRequest,
  coreVersions,
  get,
  list,
  openApi,
  versionBody,
} from '../api';
import type { JsonObject } from '../json-object';
import { jsonReply, pathNotFound, type Reply } from '../reply';
import type { ApiResource } from '../resources';
import type { Route } from './route';

/** What discovery answers from. */
export interface Discovered {
  readonly resources: readonly ApiResource[];
  readonly address: string;
  readonly gitVersion: string;
}

const found = (body: JsonObject | undefined): Reply =>
  body === undefined ? pathNotFound() : jsonReply(body);

/** Answers everything that is not about objects. */
export function answerDiscovery(
  route: Exclude<Route, { kind: 'resource' }>,
  { resources, address, gitVersion }: Discovered,
): Reply {
  switch (route.kind) {
    case 'version':
      return jsonReply(versionBody(gitVersion));
    case 'health':
      return { kind: 'text', code: 200, text: 'ok' };
    case 'core-versions':
      return jsonReply(coreVersions(address));
    case 'groups':
      return jsonReply(apiGroups(resources));
    case 'group':
      return found(apiGroup(route.group, resources));
    case 'resources':
      return found(apiResources(route.group, route.version, resources));
    case 'openapi':
      return jsonReply(openApi(gitVersion));
    case 'unknown':
      return pathNotFound();
  }
}

/** Answers a list, or a request for one object. */
export const answerObjects = (request: CollectionRequest, name: string | undefined): Reply =>
  name === undefined ? list(request) : get(request, name);
