import { trimSpace } from '../injector/port-list';
import type { Setting } from '../options/option';
import { type HelmValues, helmSetting } from '../pod/helm-values';
import type { InterceptionInput } from '../pod/pod-input';

/** The options of interception with their values in force: annotation first, even an empty one, then Helm (interception.md §3). */
export interface TrafficOptions {
  readonly mode: Setting;
  readonly includeRanges: Setting;
  readonly excludeRanges: Setting;
  readonly includeInboundPorts: Setting;
  /** The user's list with the status port; the fixed ports are not in it yet. */
  readonly excludeInboundPorts: Setting;
  /** Absent when neither the annotation nor a non-empty Helm value is there. */
  readonly includeOutboundPorts?: Setting;
  readonly excludeOutboundPorts?: Setting;
  readonly virtualInterfaces?: Setting;
  readonly excludedInterfaces?: Setting;
  readonly bindsLowPorts: boolean;
}

export type AnnotationReader = (name: string) => Setting | undefined;

export function trafficOptions(
  input: InterceptionInput,
  annotation: AnnotationReader,
): TrafficOptions {
  const { helm, proxySettings } = input;
  const traffic = (name: string) => annotation(`traffic.sidecar.istio.io/${name}`);
  const choose = (name: string, path: string) => traffic(name) ?? helmSetting(helm, path);
  const optional = <K extends string>(key: K, setting: Setting | undefined) =>
    setting === undefined ? {} : ({ [key]: setting } as Record<K, Setting>);
  const status =
    annotation('status.sidecar.istio.io/port') ?? helmSetting(helm, 'global.proxy.statusPort');
  const capability =
    annotation('sidecar.istio.io/capNetBindService') ??
    helmSetting(helm, 'global.proxy.capNetBindService');
  return {
    mode: annotation('sidecar.istio.io/interceptionMode') ?? {
      value: proxySettings.config.interceptionMode,
      origin: proxySettings.origin('interceptionMode'),
    },
    includeRanges: choose('includeOutboundIPRanges', 'global.proxy.includeIPRanges'),
    excludeRanges: choose('excludeOutboundIPRanges', 'global.proxy.excludeIPRanges'),
    includeInboundPorts: choose('includeInboundPorts', 'global.proxy.includeInboundPorts'),
    excludeInboundPorts: withStatusPort(
      status,
      choose('excludeInboundPorts', 'global.proxy.excludeInboundPorts'),
    ),
    ...optional('includeOutboundPorts', traffic('includeOutboundPorts') ?? ports(helm, 'include')),
    ...optional('excludeOutboundPorts', traffic('excludeOutboundPorts') ?? ports(helm, 'exclude')),
    ...optional(
      'virtualInterfaces',
      annotation('istio.io/reroute-virtual-interfaces') ?? traffic('kubevirtInterfaces'),
    ),
    ...optional('excludedInterfaces', traffic('excludeInterfaces')),
    bindsLowPorts: capability.value === 'true',
  };
}

function ports(helm: HelmValues, kind: 'include' | 'exclude'): Setting | undefined {
  const setting = helmSetting(helm, `global.proxy.${kind}OutboundPorts`);
  return setting.value === '' || setting.value === '<nil>' ? undefined : setting;
}

/**
 * Adds the status port unless the list has it as an exact element; then the other parts are trimmed and empty ones dropped
 * (`pkg/kube/inject/template.go:excludeInboundPort`). Port 0 adds nothing.
 */
function withStatusPort(status: Setting, list: Setting): Setting {
  const port = trimSpace(status.value);
  if (port === '' || port === '0') return list;
  const parts = list.value.split(',');
  if (parts.includes(port)) return list;
  const others = parts.map(trimSpace).filter(part => part !== '');
  return {
    value: [...others, port].join(','),
    origin: others.length > 0 ? list.origin : status.origin,
  };
}
