import type { Assumption } from '../../origin';
import type { DecodedResources, PodSpec } from '../../resources';
import { member, memberAt } from '../injection/member';
import { newestVersion, versionOrder } from '../versions';

const imagePattern = /\/(?:proxyv2|pilot|install-cni|ztunnel)(?:-[a-z]+)?:v?(\d+\.\d+)/;
/** Names that `istioctl` proposes for revisions: `1-26-8`, `v1-30`. */
const revisionPattern = /^v?(\d+)-(\d+)(?:-\d+)?$/;
const revisionLabel = 'istio.io/rev';

const imageVersion = (image: string) => imagePattern.exec(image)?.[1];

function revisionVersion(revision: string): string | undefined {
  const match = revisionPattern.exec(revision);
  return match === null ? undefined : `${match[1]}.${match[2]}`;
}

/** `1.24.2`, `v1.26`, `1.27.0-distroless`. */
const tagPattern = /^v?(\d+\.\d+)(?:[.-]|$)/;

/** Tags of installations. The values of any chart may have `global.tag`: a file of values has to name more of Istio. */
function shownTags({ other }: DecodedResources): readonly string[] {
  return other
    .filter(({ kind }) => kind === 'HelmValues')
    .filter(
      ({ apiVersion, spec }) =>
        apiVersion !== '' || ['pilot', 'meshConfig'].some(key => member(spec, key) !== undefined),
    )
    .flatMap(({ spec }) => {
      const tag = memberAt(spec, 'global.tag');
      return typeof tag === 'string' ? (tagPattern.exec(tag)?.[1] ?? []) : [];
    });
}

function podSpecs(resources: DecodedResources): readonly PodSpec[] {
  return [
    ...resources.pods.map(({ spec }) => spec),
    ...resources.workloads.map(({ spec }) => spec.template.spec),
  ];
}

function shownImages(resources: DecodedResources): ReadonlySet<string> {
  const images = new Set<string>();
  for (const { containers, initContainers } of podSpecs(resources)) {
    for (const { image } of containers) if (image !== undefined) images.add(image);
    for (const { image } of initContainers) if (image !== undefined) images.add(image);
  }
  return images;
}

function shownRevisions({ namespaces, workloads, meshConfigs }: DecodedResources) {
  const labelled = [
    ...namespaces.map(({ metadata }) => metadata.labels),
    ...workloads.map(({ spec }) => spec.template.labels),
  ];
  const labels = labelled.flatMap(item =>
    Object.hasOwn(item, revisionLabel) ? (item[revisionLabel] ?? []) : [],
  );
  return new Set([...labels, ...meshConfigs.map(({ revision }) => revision)]);
}

/** The version that the images of proxies and control plane show, else the tags of installations, else the names of revisions: the newest of them. */
function shownVersion(resources: DecodedResources): string | undefined {
  const newest = (versions: readonly string[]) =>
    [...versions].sort((a, b) => versionOrder(b) - versionOrder(a))[0];
  return (
    newest([...shownImages(resources)].flatMap(image => imageVersion(image) ?? [])) ??
    newest(shownTags(resources)) ??
    newest([...shownRevisions(resources)].flatMap(name => revisionVersion(name) ?? []))
  );
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
