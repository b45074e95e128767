import type { SourceRef } from '../../origin';
import { isObject, own } from '../decode/cursor';
import { type Decoding, reporter } from '../decode/decoding';
import { meshConfigSource } from '../decode-mesh-config';
import { findInstallations } from './find-installations';
import type { Installation } from './installation';

const exactVersion = /^v?\d+\.\d+(\.\d+|$)/;

/** The chart's own default of `global.tag` is its version. */
function withTag({ values, version }: Installation): unknown {
  if (version === undefined || !exactVersion.test(version)) return values ?? {};
  const global = own(values, 'global');
  return {
    ...(isObject(values) && values),
    global: { tag: version, ...(isObject(global) && global) },
  };
}

function noteElsewhere(
  decoding: Decoding,
  { object, elsewhere = [] }: Installation,
  source: SourceRef,
): void {
  if (elsewhere.length === 0) return;
  decoding.issues.push({
    code: 'installation-values-elsewhere',
    severity: 'warning',
    message: `further values of the istiod chart come from ${elsewhere.join(', ')}, which are not read`,
    hint: 'add the ConfigMap `istio` of the cluster, or the values as a file',
    object,
    source,
  });
}

/**
 * Reads what installs istiod (Helm values, an IstioOperator, the Sail operator's Istio, a HelmRelease of Flux, an Application
 * of Argo CD): the mesh configuration in it, and the values as an object of kind `HelmValues` in `other`. False when the
 * document installs none.
 */
export function decodeInstallation(
  decoding: Decoding,
  value: unknown,
  { kind, apiVersion }: { readonly kind: string; readonly apiVersion: string },
  source: SourceRef,
): boolean {
  const found = findInstallations(value, kind, apiVersion);
  for (const item of found) {
    const { object, namespace, meshConfig, meshConfigPath: path } = item;
    if (meshConfig !== undefined) {
      const report = reporter(decoding, object, source);
      const place = { object, path, namespace };
      decoding.lists.meshConfigs.push(meshConfigSource(meshConfig, place, '', source, report));
    }
    noteElsewhere(decoding, item, source);
    decoding.lists.other.push({
      kind: 'HelmValues',
      apiVersion,
      metadata: { name: object.name, namespace, labels: {}, annotations: {} },
      spec: withTag(item),
      source,
    });
  }
  return found.length > 0;
}
