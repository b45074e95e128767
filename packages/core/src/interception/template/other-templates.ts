import type { Origin } from '../../origin';
import type { ProxyIds } from '../injector/proxy-ids';
import type { Argument } from '../options/command-line';
import type { EnvironmentVariable, InjectedContainer } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import { proxyVariables } from './proxy-variables';
import { renderVariables } from './rendered-yaml';
import type { RenderedTemplate } from './template';

/** Templates of the standard chart beside `sidecar`: none of them captures anything. */
export const otherTemplateNames = ['gateway', 'grpc-agent', 'grpc-simple'] as const;
export type OtherTemplateName = (typeof otherTemplateNames)[number];

/** Templates for objects that istiod deploys itself; on a user's pod they are not modelled. */
export const deploymentTemplateNames: readonly string[] = [
  'waypoint',
  'kube-gateway',
  'agentgateway',
  'ambient-validation',
];

export function otherTemplate(
  name: OtherTemplateName,
  input: InterceptionInput,
  ids: ProxyIds,
): RenderedTemplate | undefined {
  const annotations = new Map();
  switch (name) {
    case 'gateway': {
      const proxy = proxyContainer(input, 'router');
      if (proxy === undefined) return undefined;
      const securityContext = { runAsUser: ids.uid, runAsGroup: ids.gid };
      return { annotations, initContainers: [], containers: [{ ...proxy, securityContext }] };
    }
    case 'grpc-agent': {
      const proxy = proxyContainer(input, 'sidecar', [
        // The agent alone serves gRPC applications that speak xDS themselves.
        { name: 'DISABLE_ENVOY', value: 'true', origin: templateOrigin('grpc-agent') },
        { name: 'ISTIO_META_DNS_CAPTURE', value: 'false', origin: templateOrigin('grpc-agent') },
      ]);
      return proxy === undefined
        ? undefined
        : { annotations, initContainers: [], containers: [proxy] };
    }
    case 'grpc-simple':
      return { annotations, initContainers: [{ name: 'grpc-bootstrap-init' }], containers: [] };
  }
}

function proxyContainer(
  input: InterceptionInput,
  type: 'sidecar' | 'router',
  variables: readonly EnvironmentVariable[] = [],
): InjectedContainer | undefined {
  const env = renderVariables([...variables, ...proxyVariables(input.proxySettings)]);
  if (env === undefined) return undefined;
  const origin = templateOrigin(type === 'router' ? 'gateway' : 'grpc-agent');
  const args: readonly Argument[] = ['proxy', type].map(text => ({ text, origin }));
  return { name: 'istio-proxy', args, env };
}

function templateOrigin(name: OtherTemplateName): Origin {
  return { kind: 'default', default: `injection template=${name}` };
}
