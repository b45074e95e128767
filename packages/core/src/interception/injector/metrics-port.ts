import { parseBool } from '../options/parse-bool';
import type { InterceptionInput } from '../pod/pod-input';

/** Ports of Envoy and the agent that must not be scraped as the application's (`pilot/cmd/pilot-agent/status/server.go`). */
const reservedPorts: ReadonlySet<string> = new Set([
  '15000',
  '15001',
  '15004',
  '15006',
  '15008',
  '15020',
  '15021',
  '15053',
  '15090',
]);

/**
 * The annotation that names a reserved port as the application's metrics port: with metrics merging such a pod is rejected
 * (`pkg/kube/inject/webhook.go:applyPrometheusMerge`). Prometheus takes any character for the separators in the name.
 */
export function reservedMetricsPort({ pod, meshConfig }: InterceptionInput): string | undefined {
  const named = (wanted: string) =>
    Object.entries(pod.annotations).filter(
      ([name]) => name.replace(/[^A-Za-z0-9_]/g, '_') === wanted,
    );
  const scraped = named('prometheus_io_scrape').flatMap(([, value]) => parseBool(value) ?? []);
  if (scraped[0] === false) return undefined;
  const wish = parseBool(pod.annotations['prometheus.istio.io/merge-metrics'] ?? '');
  if (!(wish ?? meshConfig.enablePrometheusMerge)) return undefined;
  const [port] = named('prometheus_io_port');
  if (port === undefined || port[1] === String(meshConfig.statusPort)) return undefined;
  return reservedPorts.has(port[1]) ? port[0] : undefined;
}
