/** Newest Istio version that is modelled. */
export const newestVersion = '1.32';
/** Oldest Istio version that is modelled. */
export const oldestVersion = '1.26';

/**
 * What differs between Istio versions in registry, scope and DNS: the first version that has it. Sources: the upstream
 * changes named, confirmed by the recorded answers of 1.26.8 and 1.30.3 (conformance, `versions/`).
 */
const since = {
  /** `~namespace/host` in a Sidecar excludes; before, `~` is a namespace without services (#60581). */
  sidecarHostExclusion: '1.31',
  /** ServiceEntry resolution DYNAMIC_DNS; before, istiod cannot read such an entry (#57658). */
  dynamicDnsEntries: '1.28',
  /** `serviceEntryVisibility` of MeshConfig (#60870). */
  serviceEntryVisibility: '1.31',
  /** `default*ExportTo` may name namespaces beside `.` (#60701; 1.30.3 has it). */
  exportDefaultsNameNamespaces: '1.30',
  /**
   * A VirtualService that delegates stands in the order like any other; before, all of them come last
   * (`pilot/pkg/model/virtualservice.go:mergeVirtualServicesIfNeeded`, until the controller of 1.28).
   */
  delegatingInOrder: '1.28',
  /** Names of headless services come from the endpoints of all ports, not only of the first (#61039). */
  headlessNamesOfAllPorts: '1.32',
  /** The agent no longer answers a full name with the pod's own search domain appended twice (#56806). */
  searchDomainOnlyOnce: '1.27',
  /** VirtualService destinations prefer Kubernetes services, then the oldest, over the alphabet (PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE). */
  pickBestServiceNamespace: '1.30',
} as const;

export type MeshFeature = keyof typeof since;

/** `major.minor` as one number that sorts. */
export function versionOrder(version: string): number {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
}

/** True when answers of this version are checked, or lie between two that are. */
export function isModelled(version: string): boolean {
  const order = versionOrder(version);
  return order >= versionOrder(oldestVersion) && order <= versionOrder(newestVersion);
}

export function versionHas(version: string, feature: MeshFeature): boolean {
  return versionOrder(version) >= versionOrder(since[feature]);
}
