import type { Assumption } from '../origin';
import type { Container, DecodedResources, PodSpec } from '../resources';
import { newestVersion, versionOrder } from './versions';

const imagePattern = /\/(?:proxyv2|pilot|install-cni|ztunnel)(?:-[a-z]+)?:v?(\d+\.\d+)/;

const imageVersion = ({ image = '' }: Container) => imagePattern.exec(image)?.[1];

function podSpecs(resources: DecodedResources): readonly PodSpec[] {
  return [
    ...resources.pods.map(({ spec }) => spec),
    ...resources.workloads.map(({ spec }) => spec.template.spec),
  ];
}

/** The version that the images of proxies and control plane show: the newest of them. */
function shownVersion(resources: DecodedResources): string | undefined {
  const found = podSpecs(resources).flatMap(spec =>
    [...spec.containers, ...spec.initContainers].flatMap(item => imageVersion(item) ?? []),
  );
  return [...new Set(found)].sort((a, b) => versionOrder(b) - versionOrder(a))[0];
}

/** `major.minor` that answers hold for: as given, as the manifests show, else the newest that is modelled. */
export function decideIstioVersion(
  resources: DecodedResources,
  given: string | undefined,
): { readonly version: string; readonly assumptions: readonly Assumption[] } {
  const version = given ?? shownVersion(resources);
  if (version !== undefined) return { version, assumptions: [] };
  return {
    version: newestVersion,
    assumptions: [
      {
        code: 'istio-version-assumed',
        message: `the manifests do not show the Istio version; ${newestVersion} is taken`,
      },
    ],
  };
}
