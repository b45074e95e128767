import type { SourceRef } from '../origin';
import { type Cursor, field, isObject, own } from './decode/cursor';
import { type Decoding, reporter } from './decode/decoding';
import { meshConfigSource } from './decode-mesh-config';
import type { Metadata } from './resource';

const valuesKeys = ['meshConfig', 'global', 'pilot'];
const metadata: Metadata = {
  name: 'istio',
  namespace: 'istio-system',
  labels: {},
  annotations: {},
};

/** A document without `kind` that has keys of Istio's Helm charts. */
const isValuesFile = (value: unknown, kind: string) =>
  kind === '' && valuesKeys.some(key => isObject(own(value, key)));

/**
 * Reads an IstioOperator or a Helm values file: the mesh configuration in it, and the values as an object of kind
 * `HelmValues` in `other`. False when the document is neither.
 */
export function decodeInstallation(
  decoding: Decoding,
  object: Cursor,
  kind: string,
  source: SourceRef,
): boolean {
  const operator = kind === 'IstioOperator';
  if (!operator && !isValuesFile(object.value, kind)) return false;
  const spec = field(object, 'spec');
  const config = field(operator ? spec : object, 'meshConfig');
  const place = { kind: operator ? kind : 'HelmValues', namespace: 'istio-system', name: 'istio' };
  if (config.value !== undefined) {
    const report = reporter(decoding, place, source);
    decoding.lists.meshConfigs.push(meshConfigSource(config.value, place, '', source, report));
  }
  const values = operator ? field(spec, 'values').value : object.value;
  decoding.lists.other.push({
    kind: 'HelmValues',
    apiVersion: '',
    metadata,
    spec: values ?? {},
    source,
  });
  return true;
}
