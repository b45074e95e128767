import { parseIp } from '../../net';
import type { Labels, WorkloadEntry, WorkloadEntrySpec } from '../../resources';

/** Health checks by the agent: an entry that has them and no `Healthy` condition is left out. */
const healthChecks = 'proxy.istio.io/health-checks-enabled';
const tlsModeLabel = 'security.istio.io/tlsMode';

export const unixPrefix = 'unix://';

/** `istio` when the label says so or a service account is named (`conversion.go:getTLSModeFromWorkloadEntry`). */
export function entryTlsMode(labels: Labels, serviceAccount: string | undefined) {
  const label = Object.hasOwn(labels, tlsModeLabel) ? labels[tlsModeLabel] : undefined;
  const istio = label === undefined ? (serviceAccount ?? '') !== '' : label === 'istio';
  return istio ? ('istio' as const) : ('disabled' as const);
}

/** Labels of a pod say whether a proxy there takes Istio mTLS (`model.GetTLSModeFromEndpointLabels`). */
export const labelTlsMode = (labels: Labels) => entryTlsMode(labels, undefined);

/** Labels of a WorkloadEntry: those of the spec, overridden by those of the metadata (`conversion.go:ConvertWorkloadEntry`). */
export function workloadEntryLabels({ metadata, spec }: WorkloadEntry): Labels {
  return { ...spec.labels, ...metadata.labels };
}

/** True when the address is a name or a socket, which only ServiceEntries resolved by DNS may use. */
export function isDnsOnly({ address = '' }: WorkloadEntrySpec): boolean {
  return address !== '' && parseIp(address) === undefined;
}

/** `pilot/pkg/serviceregistry/serviceentry/controller.go:isHealthy`. */
export function isHealthyEntry({ metadata, conditions = [] }: WorkloadEntry): boolean {
  const annotation = Object.hasOwn(metadata.annotations, healthChecks)
    ? metadata.annotations[healthChecks]
    : undefined;
  if (annotation === undefined || !/^(1|t|true)$/i.test(annotation)) return true;
  return conditions.some(({ type, status }) => type === 'Healthy' && status === 'True');
}
