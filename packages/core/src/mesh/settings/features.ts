import type { FeatureFlags } from '../mesh';

/** Feature flags of istiod with their default (`pilot/pkg/features/*.go`, Istio 1.32). */
const defaults: ReadonlyMap<string, string> = new Map([
  ['PILOT_ENABLE_IP_AUTOALLOCATE', 'true'],
  ['PILOT_IP_AUTOALLOCATE_IPV4_PREFIX', '240.240.0.0/16'],
  ['PILOT_IP_AUTOALLOCATE_IPV6_PREFIX', '2001:2::/48'],
  ['PILOT_UNIFIED_SIDECAR_SCOPE', 'true'],
  ['PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE', 'true'],
  ['PILOT_ENABLE_ABSOLUTE_FQDN_VHOST_DOMAIN', 'true'],
  ['PILOT_HTTP10', 'false'],
  ['PILOT_ENABLE_HEADLESS_FILTER_CHAIN_LISTENER', 'false'],
  ['PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES', 'false'],
  ['PILOT_ENABLE_MONGO_FILTER', 'true'],
  ['PILOT_ENABLE_MYSQL_FILTER', 'false'],
  ['PILOT_ENABLE_REDIS_FILTER', 'false'],
  ['ENABLE_ENHANCED_DESTINATIONRULE_MERGE', 'true'],
  ['PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES', 'true'],
  ['ISTIO_DUAL_STACK', 'false'],
  ['ENABLE_NATIVE_SIDECARS', 'auto'],
  ['PILOT_ENABLE_AMBIENT', 'false'],
  ['ENABLE_TLS_ON_SIDECAR_INGRESS', 'false'],
  ['PILOT_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE', 'false'],
  ['PILOT_ALLOW_ANY_DYNAMIC_DNS_MAX_HOSTS', '1024'],
  ['PILOT_ENABLE_SERVICEENTRY_SELECT_PODS', 'true'],
  ['PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES', 'true'],
  ['PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS', 'true'],
  ['PILOT_SEND_UNHEALTHY_ENDPOINTS', 'false'],
]);

/** Go's `strconv.ParseBool`; what it does not read leaves the default in force (`pkg/env/var.go`). */
function parseBool(text: string): boolean | undefined {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

const none: Readonly<Record<string, string>> = {};
const known = new WeakMap<Readonly<Record<string, string>>, FeatureFlags>();

function readFlags(given: Readonly<Record<string, string>>): FeatureFlags {
  const value = (name: string) =>
    (Object.hasOwn(given, name) ? given[name] : undefined) ?? defaults.get(name) ?? '';
  return {
    value,
    enabled: name => parseBool(value(name)) ?? parseBool(defaults.get(name) ?? '') ?? false,
  };
}

/** The flags in force: what is given, else the default of the tree. Equal input gives the same object. */
export function featureFlags(given: Readonly<Record<string, string>> = none): FeatureFlags {
  const made = known.get(given) ?? readFlags(given);
  known.set(given, made);
  return made;
}
