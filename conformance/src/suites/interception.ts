import { decodeResources } from '@sidetrace/core';
import {
  admissionPodOfPod,
  compileInterception,
  decideInjection,
  type defaultMeshConfig,
  helmValue,
  type InterceptionResult,
  identitiesOf,
  injectionVersion,
  mergeProxySettings,
  readMeshConfig,
  scriptText,
  standardWebhooks,
} from '@sidetrace/core/testing';
import { judgeScript } from '../judge-script';
import type { Answer, JsonObject, Suite } from '../suite';

interface Input {
  readonly namespace: unknown;
  readonly pod: unknown;
  readonly values: JsonObject;
  readonly meshConfig: unknown;
  readonly proxyConfigs: readonly unknown[];
  readonly nodes: readonly {
    readonly metadata: { readonly name: string };
    readonly status: { readonly nodeInfo: { readonly kubeletVersion: string } };
  }[];
  readonly istiodEnv: Readonly<Record<string, string>>;
  readonly podIPs: readonly string[];
  readonly resolvConf: { readonly nameservers: readonly string[] };
  readonly cniExcludeNamespaces: readonly string[];
}

const source = { file: 'inputs.jsonl', document: 0, line: 1 };
const option = (name: string) => ({ kind: 'option', option: name }) as const;

/** The kernel lists all IPv4 addresses first, loopback in front of each family. */
function interfaceAddresses(podIPs: readonly string[]): readonly string[] {
  const v6 = podIPs.filter(ip => ip.includes(':'));
  const v4 = podIPs.filter(ip => !ip.includes(':'));
  return ['127.0.0.1/8', ...v4, '::1/128', ...v6, 'fe80::1/64'];
}

function decode(input: Input) {
  const values = [input.namespace, input.pod, ...input.proxyConfigs];
  return decodeResources(values.map(value => ({ value, source }))).resources;
}

type Decoded = ReturnType<typeof decode>;
type Pod = Decoded['pods'][number];
type Namespace = Decoded['namespaces'][number];

function selectors(helm: Parameters<typeof helmValue>[0], path: string) {
  const value = helmValue(helm, path);
  return Array.isArray(value) ? value : [];
}

function decide(pod: Pod, namespace: Namespace, { values }: Input, istio: string) {
  const helm = { values, origin: option };
  const webhooks = standardWebhooks({
    revision: '',
    revisionTags: [],
    enableNamespacesByDefault:
      helmValue(helm, 'sidecarInjectorWebhook.enableNamespacesByDefault') === true,
    releaseNamespace: 'istio-system',
  });
  const config = {
    policy: String(helmValue(helm, 'global.proxy.autoInject')),
    neverInjectSelector: selectors(helm, 'sidecarInjectorWebhook.neverInjectSelector'),
    alwaysInjectSelector: selectors(helm, 'sidecarInjectorWebhook.alwaysInjectSelector'),
  };
  const injectors = [{ service: 'istiod', revision: 'default', config, origin: option }];
  const { name, labels } = namespace.metadata;
  return decideInjection(
    admissionPodOfPod(pod),
    { name, labels, origin: option },
    { webhooks, injectors },
    injectionVersion(istio),
  );
}

function proxySettings(pod: Pod, decoded: Decoded, mesh: typeof defaultMeshConfig) {
  const { namespace = 'default', labels, annotations } = pod.metadata;
  return mergeProxySettings({
    namespace,
    labels,
    annotations,
    annotationOrigin: option('annotation'),
    proxyConfigs: decoded.proxyConfigs,
    rootNamespace: mesh.rootNamespace,
    meshDefault: mesh.defaultConfig,
    meshOrigin: option,
  });
}

type Settings = ReturnType<typeof mergeProxySettings>;
type Injected = Exclude<InterceptionResult, { readonly kind: 'rejected' }>['pod'];

function intercept(
  input: Input,
  pod: Pod,
  namespace: Namespace,
  settings: Settings,
  mesh: typeof defaultMeshConfig,
  more: { readonly injected: boolean; readonly istio: string },
): InterceptionResult {
  const { labels, annotations } = pod.metadata;
  return compileInterception({
    istioVersion: more.istio,
    pod: {
      namespace: pod.metadata.namespace ?? 'default',
      labels,
      annotations,
      spec: pod.spec,
      origin: admissionPodOfPod(pod).origin,
    },
    injection: more.injected ? 'inject' : 'not-injected',
    proxySettings: settings,
    meshConfig: {
      proxyListenPort: mesh.proxyListenPort,
      proxyInboundListenPort: mesh.proxyInboundListenPort,
      enablePrometheusMerge: mesh.enablePrometheusMerge,
      statusPort: mesh.defaultConfig.statusPort ?? 15020,
      origin: option,
    },
    helm: { values: input.values, origin: option },
    istiodEnvironment: input.istiodEnv,
    namespaceAnnotations: namespace.metadata.annotations,
    nodes: input.nodes.map(({ metadata, status }) => ({
      name: metadata.name,
      kubeletVersion: status.nodeInfo.kubeletVersion,
    })),
    cniExcludedNamespaces: input.cniExcludeNamespaces,
    network: {
      interfaceAddresses: interfaceAddresses(input.podIPs),
      nameservers: input.resolvConf.nameservers,
    },
  });
}

type Container = Injected['containers'][number];

function describeContainer(pod: Injected, container: Container | undefined): JsonObject | null {
  if (container === undefined) return null;
  const { securityContext, args = [], env = [] } = container;
  return {
    name: container.name,
    args: args.map(({ text }) => text),
    env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    runAsUser: securityContext?.runAsUser ?? null,
    runAsGroup: securityContext?.runAsGroup ?? null,
    runAsNonRoot: securityContext?.runAsNonRoot ?? null,
    privileged: securityContext?.privileged ?? null,
    capabilities: {
      add: securityContext?.capabilities?.add ?? [],
      drop: securityContext?.capabilities?.drop ?? [],
    },
    native: pod.initContainers.includes(container) && container.restartPolicy === 'Always',
    proxyType: args[0]?.text === 'proxy' ? (args[1]?.text ?? null) : null,
  };
}

function describePod(pod: Injected): JsonObject {
  const named = (name: string) => (container: Container) => container.name === name;
  const init =
    pod.initContainers.find(named('istio-init')) ??
    pod.initContainers.find(named('istio-validation'));
  const proxy =
    pod.containers.find(named('istio-proxy')) ?? pod.initContainers.find(named('istio-proxy'));
  return {
    initContainer: describeContainer(pod, init),
    proxyContainer: describeContainer(pod, proxy),
    containersOrder: {
      initContainers: pod.initContainers.map(({ name }) => name),
      containers: pod.containers.map(({ name }) => name),
    },
    identities: identitiesOf(pod).map(({ name, runAsUser = null, runAsGroup = null }) => ({
      name,
      runAsUser,
      runAsGroup,
    })),
  };
}

function describeOutcome(result: InterceptionResult): JsonObject {
  switch (result.kind) {
    case 'rejected':
      return {
        rejected: true,
        mode: 'none',
        error: true,
        stage: 'injection',
        messageContains: result.message,
        rules: null,
        invalidAnnotations: result.invalidAnnotations ?? null,
      };
    case 'not-programmed':
      return { mode: 'none', rules: null };
    case 'failed':
      return {
        mode: result.mode,
        rules: null,
        error: true,
        stage: result.mode,
        messageContains: result.message,
      };
    case 'programmed': {
      const { script, proxyExempt } = result;
      const rules =
        script.backend === 'nftables'
          ? { nft: scriptText(script.nft) }
          : {
              v4: scriptText(script.v4),
              v6: script.v6 === undefined ? null : scriptText(script.v6),
            };
      return {
        mode: result.mode,
        rules,
        proxyExempt: { byUid: proxyExempt.byUid ?? null, byGid: proxyExempt.byGid ?? null },
        ...judgeScript(script),
      };
    }
  }
}

function describeSettings({ config }: Settings): JsonObject {
  return {
    interceptionMode: config.interceptionMode,
    proxyMetadata: config.proxyMetadata,
    holdApplicationUntilProxyStarts: config.holdApplicationUntilProxyStarts ?? null,
    statusPort: config.statusPort,
  };
}

export const interception: Suite = {
  name: 'interception',
  open: context => raw => {
    const input = raw as unknown as Input;
    const decoded = decode(input);
    const [pod] = decoded.pods;
    const [namespace] = decoded.namespaces;
    if (pod === undefined || namespace === undefined) {
      return { answer: null, why: 'the pod or its namespace cannot be read' } satisfies Answer;
    }
    const mesh = readMeshConfig({ value: input.meshConfig, key: '', report: () => undefined });
    const decision = decide(pod, namespace, input, context.istio);
    const settings = proxySettings(pod, decoded, mesh);
    const result = intercept(input, pod, namespace, settings, mesh, {
      injected: decision.injected,
      istio: context.istio,
    });
    return {
      answer: {
        webhookMatches: decision.calls.map(({ webhook }) => webhook.name),
        reason: decision.reason,
        injected: decision.injected && result.kind !== 'rejected',
        proxyConfig: decision.calls.length > 0 ? describeSettings(settings) : null,
        ...(result.kind !== 'rejected' && describePod(result.pod)),
        ...(!decision.injected && { initContainer: null, proxyContainer: null }),
        cni: { programmed: result.kind === 'programmed' && result.mode === 'cni' },
        ...describeOutcome(result),
      },
    } satisfies Answer;
  },
};
