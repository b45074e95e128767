import type { SecurityContext } from '../../resources';
import { interfaceAnnotations } from '../injector/annotation-checks';
import type { Argument } from '../options/command-line';
import type { Setting } from '../options/option';
import { helmTruth } from '../pod/helm-values';
import type { InjectedContainer } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import { initArguments } from './init-arguments';
import { proxyVariables } from './proxy-variables';
import { renderAnnotations, renderArguments, renderVariables } from './rendered-yaml';
import type { RenderedTemplate, TemplateFacts } from './template';

/**
 * The template `sidecar` of the chart (files/injection-template.yaml), as far as interception depends on it; `undefined`
 * when the rendered text is no YAML.
 */
export function sidecarTemplate(
  input: InterceptionInput,
  facts: TemplateFacts,
): RenderedTemplate | undefined {
  const cni = helmTruth(input.helm, 'pilot.cni.enabled');
  const proxy = proxyContainer(input, facts);
  const init = facts.options.mode.value === 'NONE' ? [] : [initContainer(input, facts, cni)];
  const annotations = renderAnnotations(cni ? cniAnnotations(facts) : new Map());
  const [first] = init;
  if (proxy === undefined || annotations === undefined) return undefined;
  if (init.length > 0 && first === undefined) return undefined;
  const setup = first === undefined ? [] : [first];
  return facts.native
    ? { annotations, initContainers: [...setup, proxy], containers: [] }
    : { annotations, initContainers: setup, containers: [proxy] };
}

function initContainer(
  input: InterceptionInput,
  facts: TemplateFacts,
  cni: boolean,
): InjectedContainer | undefined {
  const args = renderArguments(initArguments(input, facts, cni));
  const env = renderVariables(proxyVariables(input.proxySettings));
  if (args === undefined || env === undefined) return undefined;
  const { uid, gid } = isTproxy(facts) ? { uid: 1337, gid: 1337 } : facts.ids;
  const privileged = helmTruth(input.helm, 'global.proxy.privileged');
  const drop = ['ALL'];
  const securityContext: SecurityContext = cni
    ? { privileged, capabilities: { drop }, runAsUser: uid, runAsGroup: gid, runAsNonRoot: true }
    : {
        privileged,
        capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop },
        runAsUser: 0,
        runAsGroup: 0,
        runAsNonRoot: false,
      };
  return { name: cni ? 'istio-validation' : 'istio-init', args, env, securityContext };
}

function isTproxy({ options }: TemplateFacts): boolean {
  return options.mode.value === 'TPROXY';
}

function proxyContainer(
  input: InterceptionInput,
  facts: TemplateFacts,
): InjectedContainer | undefined {
  const { proxySettings } = input;
  const env = renderVariables([
    {
      name: 'ISTIO_META_INTERCEPTION_MODE',
      value: facts.options.mode.value,
      origin: facts.options.mode.origin,
    },
    ...proxyVariables(proxySettings),
  ]);
  if (env === undefined) return undefined;
  const origin = { kind: 'default', default: 'injection template=sidecar' } as const;
  const args: readonly Argument[] = ['proxy', 'sidecar'].map(text => ({ text, origin }));
  return {
    name: 'istio-proxy',
    args,
    env,
    securityContext: proxySecurity(input, facts),
    ...(facts.native && { restartPolicy: 'Always' }),
  };
}

/** TPROXY, low ports and trace logging need root and capabilities; the group stays what exempts the proxy from its rules. */
function proxySecurity(input: InterceptionInput, facts: TemplateFacts): SecurityContext {
  const drop = ['ALL'];
  const { uid, gid } = facts.ids;
  if (input.proxySettings.config.proxyMetadata.IPTABLES_TRACE_LOGGING === 'true') {
    const capabilities = { add: ['NET_ADMIN'], drop };
    return { privileged: true, capabilities, runAsUser: 0, runAsGroup: gid, runAsNonRoot: false };
  }
  const privileged = helmTruth(input.helm, 'global.proxy.privileged');
  const add = [
    ...(isTproxy(facts) ? ['NET_ADMIN'] : []),
    ...(facts.options.bindsLowPorts ? ['NET_BIND_SERVICE'] : []),
  ];
  return add.length > 0
    ? {
        privileged,
        capabilities: { add, drop },
        runAsUser: 0,
        runAsGroup: 1337,
        runAsNonRoot: false,
      }
    : { privileged, capabilities: { drop }, runAsUser: uid, runAsGroup: gid, runAsNonRoot: true };
}

/** With CNI the values in force are written into the annotations, which is all that the plugin reads; empty ranges are not. */
function cniAnnotations({ options, annotation }: TemplateFacts): ReadonlyMap<string, Setting> {
  const annotations = new Map<string, Setting>();
  const write = (name: string, setting: Setting | undefined, emptyToo = true) => {
    if (setting !== undefined && (emptyToo || setting.value !== '')) annotations.set(name, setting);
  };
  const prefix = 'traffic.sidecar.istio.io/';
  write('sidecar.istio.io/interceptionMode', options.mode);
  write(`${prefix}includeOutboundIPRanges`, options.includeRanges, false);
  write(`${prefix}excludeOutboundIPRanges`, options.excludeRanges, false);
  write(`${prefix}includeInboundPorts`, options.includeInboundPorts);
  write(`${prefix}excludeInboundPorts`, options.excludeInboundPorts);
  write(`${prefix}includeOutboundPorts`, options.includeOutboundPorts);
  write(`${prefix}excludeOutboundPorts`, options.excludeOutboundPorts);
  for (const name of interfaceAnnotations) write(name, annotation(name), false);
  return annotations;
}
