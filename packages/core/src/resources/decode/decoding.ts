import type { Issue, ObjectRef, SourceRef } from '../../origin';
import type { DecodedResources } from '../decoded';
import type { Report } from './cursor';

/** The lists of `DecodedResources` while they grow. */
export type Lists = { -readonly [K in keyof DecodedResources]: DecodedResources[K][number][] };

export const emptyLists = (): Lists => ({
  namespaces: [],
  services: [],
  endpointSlices: [],
  pods: [],
  workloads: [],
  serviceEntries: [],
  workloadEntries: [],
  sidecars: [],
  virtualServices: [],
  destinationRules: [],
  gateways: [],
  peerAuthentications: [],
  authorizationPolicies: [],
  proxyConfigs: [],
  networkPolicies: [],
  meshConfigs: [],
  other: [],
});

/** One run of `decodeResources`. */
export interface Decoding {
  readonly lists: Lists;
  readonly issues: Issue[];
  readonly defaultNamespace: string;
  readonly istioVersion: string | undefined;
}

/** A document that is no object at all, or cannot be followed. */
export function refuseDocument(
  decoding: Decoding,
  source: SourceRef,
  issue: Pick<Issue, 'code' | 'message' | 'hint'>,
): void {
  decoding.issues.push({ ...issue, severity: 'error', source });
}

/** Reports fields of one object. */
export function reporter(decoding: Decoding, object: ObjectRef, source: SourceRef): Report {
  return (code, path, message, hint) => {
    decoding.issues.push({ code, severity: 'warning', message, hint, object, path, source });
  };
}
