import type { OptionName } from './options/option';

/** What differs between Istio releases in interception and in the injector; `conformance` checks each against its release. */
export interface InterceptionVersion {
  /** `FORCE_IPTABLES_BINARY` came with 1.28 (its change notes, issue 57827), native nftables with 1.27. */
  readonly unknownFlags: ReadonlySet<OptionName>;
  /** Native nftables rules exist (since 1.27, upstream 6263d09ec0c). */
  readonly nativeNftables: boolean;
  /** A range that does not parse ends the program; before, it was left out with a line on stderr (6263d09ec0c). */
  readonly badRangeIsAnError: boolean;
  /** Interface annotations are checked by the injector and the CNI plugin (76b606f2f36). */
  readonly checksInterfaceNames: boolean;
  /** `ENABLE_NATIVE_SIDECARS`: `auto` by node versions, or a boolean that is off by default (da90b3536fa). */
  readonly nativeSidecarDefault: 'auto' | 'off';
  /** A pod that gives a port of Envoy or the agent as its metrics port is rejected; 1.30 does not check. */
  readonly checksMetricsPort: boolean;
  /** What turns native on in the annotation: every word but `false`, or only `true`. */
  readonly nativeAnnotation: 'unless-false' | 'only-true';
}

const newest: InterceptionVersion = {
  unknownFlags: new Set(),
  nativeNftables: true,
  badRangeIsAnError: true,
  checksInterfaceNames: true,
  nativeSidecarDefault: 'auto',
  checksMetricsPort: true,
  nativeAnnotation: 'unless-false',
};

const before127: InterceptionVersion = {
  unknownFlags: new Set<OptionName>(['native-nftables', 'force-iptables-binary']),
  nativeNftables: false,
  badRangeIsAnError: false,
  checksInterfaceNames: false,
  nativeSidecarDefault: 'off',
  checksMetricsPort: false,
  nativeAnnotation: 'only-true',
};

const before131: InterceptionVersion = { ...newest, checksMetricsPort: false };

const only127: InterceptionVersion = {
  ...before131,
  unknownFlags: new Set<OptionName>(['force-iptables-binary']),
};

/** The rules of a release, given as `major.minor`; newer than the newest modelled means the newest. */
export function interceptionVersion(istio: string): InterceptionVersion {
  const minor = Number(/^1\.(\d+)/.exec(istio)?.[1] ?? Number.NaN);
  if (minor <= 26) return before127;
  if (minor === 27) return only127;
  return minor <= 30 ? before131 : newest;
}
