import type { DecodeResult } from '../../resources';
import { analysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { annotations } from './annotations';
import { applicationUid } from './application-uid';
import { authorizationPolicies } from './authorization-policies';
import { caCertificates } from './ca-certificates';
import { conditions } from './conditions';
import { deploymentServices } from './deployment-services';
import { deprecation } from './deprecation';
import { destinationHosts } from './destination-hosts';
import { destinationSubsets } from './destination-subsets';
import { envoyFilterPatches } from './envoy-filter-patches';
import { gatewayCertificates } from './gateway-certificates';
import { gatewayConflicts } from './gateway-conflicts';
import { gatewayPorts } from './gateway-ports';
import { gatewaySecrets } from './gateway-secrets';
import { imageAuto } from './image-auto';
import { injection } from './injection';
import { injectionImage } from './injection-image';
import { jwtClaimRoutes } from './jwt-claim-routes';
import { meshGatewayHosts } from './mesh-gateway-hosts';
import type { AnalysisMessage } from './message';
import { portNames } from './port-names';
import { schema } from './schema';
import { serviceEntryAddresses } from './service-entry-addresses';
import { serviceEntryProtocols } from './service-entry-protocols';
import { sidecarDefaults, sidecarSelectors } from './sidecar-selectors';
import { subsetPods } from './subset-pods';
import { suppressions } from './suppressions';
import { telemetryDefaults, telemetryProviders, telemetrySelectors } from './telemetry-selectors';
import { virtualServiceGateways } from './virtual-service-gateways';
import { webhooks } from './webhooks';

/** istioctl's default analyzers but for those of the Gateway API, several clusters and an external control plane. */
export const analyzers: readonly Analyzer[] = [
  annotations,
  applicationUid,
  authorizationPolicies,
  caCertificates,
  conditions,
  deploymentServices,
  deprecation,
  destinationHosts,
  destinationSubsets,
  envoyFilterPatches,
  gatewayCertificates,
  gatewayConflicts,
  gatewayPorts,
  gatewaySecrets,
  imageAuto,
  injection,
  injectionImage,
  jwtClaimRoutes,
  meshGatewayHosts,
  portNames,
  schema,
  serviceEntryAddresses,
  serviceEntryProtocols,
  sidecarDefaults,
  sidecarSelectors,
  subsetPods,
  telemetryDefaults,
  telemetryProviders,
  telemetrySelectors,
  virtualServiceGateways,
  webhooks,
];

const number = (version: string) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
};

const keyOf = ({ code, object, message, path }: AnalysisMessage) =>
  `${code} ${object.kind} ${object.namespace ?? ''}/${object.name} ${message} ${path ?? ''}`;

/**
 * The messages of `istioctl analyze -A` on a cluster that holds exactly these objects; equal ones once.
 * Objects with a value of a wrong type are left out, as istioctl does. `unreadKinds` are those of a cluster that could not
 * be listed (`MeshOptions.unreadKinds`); Secrets never are, so nothing is said of credentials there.
 */
export function analyzeAsIstioctl(
  decoded: DecodeResult,
  istioVersion: string,
  unreadKinds: readonly string[] = [],
): readonly AnalysisMessage[] {
  const context = analysisContext(decoded, istioVersion, unreadKinds);
  const suppressed = suppressions(context);
  const messages = new Map<string, AnalysisMessage>();
  for (const analyzer of analyzers) {
    if (analyzer.since !== undefined && number(istioVersion) < number(analyzer.since)) continue;
    for (const message of analyzer.analyze(context)) {
      if (!suppressed(message)) messages.set(keyOf(message), message);
    }
  }
  return [...messages.values()];
}
