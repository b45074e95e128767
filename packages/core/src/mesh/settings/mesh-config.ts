import type { Assumption, Issue, Origin } from '../../origin';
import { defaultMeshConfig, type MeshConfigSource, type OutboundMode } from '../../resources';
import { compareText } from '../creation-order';
import type { EffectiveMeshConfig } from '../mesh';

export interface ChosenMeshConfig {
  readonly effective: EffectiveMeshConfig;
  readonly assumptions: readonly Assumption[];
  readonly issues: readonly Issue[];
}

const isConfigMap = (source: MeshConfigSource) => source.object.kind === 'ConfigMap';

/** A ConfigMap before an installation file, the root namespace first, the revision `default` (no suffix) first. */
function preference(rootNamespace: string) {
  const rank = (source: MeshConfigSource) =>
    (isConfigMap(source) ? 0 : 4) +
    (source.namespace === rootNamespace ? 0 : 2) +
    (source.revision === '' ? 0 : 1);
  return (a: MeshConfigSource, b: MeshConfigSource) =>
    rank(a) - rank(b) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.revision, b.revision) ||
    compareText(a.source.file, b.source.file) ||
    a.source.line - b.source.line;
}

function originIn(source: MeshConfigSource): (path: string) => Origin {
  return path => {
    const written = source.set.some(
      item => item === path || item.startsWith(`${path}.`) || path.startsWith(`${item}.`),
    );
    return written
      ? {
          kind: 'object',
          object: source.object,
          path: `${source.path}.${path}`,
          source: source.source,
        }
      : { kind: 'default', default: `meshConfig.${path}` };
  };
}

/** The configuration with another outbound mode. */
export function withOutboundMode(
  effective: EffectiveMeshConfig,
  mode: OutboundMode | undefined,
): EffectiveMeshConfig {
  if (mode === undefined) return effective;
  const { config, origin } = effective;
  return {
    config: { ...config, outboundTrafficPolicy: { ...config.outboundTrafficPolicy, mode } },
    origin: path =>
      path === 'outboundTrafficPolicy.mode'
        ? { kind: 'option', option: `outbound=${mode}` }
        : origin(path),
  };
}

/** The MeshConfig that decides, of those in the input. Without any, Istio's defaults, as an assumption. */
export function chooseMeshConfig(
  sources: readonly MeshConfigSource[],
  rootNamespace: string,
): ChosenMeshConfig {
  const [first, ...others] = [...sources].sort(preference(rootNamespace));
  if (first === undefined) {
    const origin = (path: string): Origin => ({ kind: 'default', default: `meshConfig.${path}` });
    return {
      effective: { config: defaultMeshConfig, origin },
      assumptions: [
        {
          code: 'mesh-config-assumed',
          message: 'no mesh configuration is in the input; the defaults of Istio are taken',
        },
      ],
      issues: [],
    };
  }
  return {
    effective: { config: first.config, origin: originIn(first) },
    assumptions: [],
    issues: others.filter(isConfigMap).map(
      (other): Issue => ({
        code: 'mesh-config-not-used',
        severity: 'warning',
        message: `\`${other.object.name}\` is another mesh configuration; \`${first.object.name}\` is in force`,
        hint: 'leave only the revision in the input that is asked about',
        object: other.object,
        source: other.source,
      }),
    ),
  };
}
