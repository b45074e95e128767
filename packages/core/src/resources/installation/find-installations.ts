import { parseYaml } from '../../yaml';
import { isObject, own } from '../decode/cursor';
import { type Installation, usualNamespace } from './installation';

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(own, value);

const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
};

const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** The chart of istiod, by the name that Istio's repository gives it. */
const istiodChart = 'istiod';

function common(object: unknown, kind: string, namespace: string | undefined) {
  const name = textAt(object, 'metadata', 'name') ?? 'istio';
  const where = textAt(object, 'metadata', 'namespace');
  return {
    object: { kind, ...(where !== undefined && { namespace: where }), name },
    namespace: namespace ?? usualNamespace,
  };
}

const versionIn = (version: string | undefined) => (version === undefined ? {} : { version });

/** Values with the mesh configuration of the chart in them. */
const chartValues = (values: unknown, path: string) => ({
  values,
  meshConfig: own(values, 'meshConfig'),
  meshConfigPath: path === '' ? 'meshConfig' : `${path}.meshConfig`,
});

/** `install.istio.io`: `spec.meshConfig` goes over the one of the values. */
function ofOperator(object: unknown): readonly Installation[] {
  const spec = own(object, 'spec');
  const values = own(spec, 'values');
  const base = common(object, 'IstioOperator', textAt(object, 'metadata', 'namespace'));
  const meshConfig = own(spec, 'meshConfig');
  return [
    {
      ...base,
      ...chartValues(values, 'spec.values'),
      ...(meshConfig !== undefined && { meshConfig, meshConfigPath: 'spec.meshConfig' }),
      ...versionIn(textAt(spec, 'tag')),
    },
  ];
}

/** `sailoperator.io`: Istio and IstioRevision. */
function ofSailOperator(object: unknown, kind: string): readonly Installation[] {
  const spec = own(object, 'spec');
  return [
    {
      ...common(object, kind, textAt(spec, 'namespace')),
      ...chartValues(own(spec, 'values'), 'spec.values'),
      ...versionIn(textAt(spec, 'version')),
    },
  ];
}

/** Flux: the chart's name and version below `spec.chart.spec`. */
function ofHelmRelease(object: unknown, kind: string): readonly Installation[] {
  const spec = own(object, 'spec');
  if (textAt(spec, 'chart', 'spec', 'chart') !== istiodChart) return [];
  const namespace = textAt(spec, 'targetNamespace') ?? textAt(object, 'metadata', 'namespace');
  const elsewhere = listAt(spec, 'valuesFrom').map(
    item => `${textAt(item, 'kind') ?? 'object'} ${textAt(item, 'name') ?? ''}`,
  );
  return [
    {
      ...common(object, kind, namespace),
      ...chartValues(own(spec, 'values'), 'spec.values'),
      ...versionIn(textAt(spec, 'chart', 'spec', 'version')),
      elsewhere,
    },
  ];
}

/** `helm --set`: a value by its dotted path. */
function withValue(
  base: unknown,
  [head = '', ...rest]: readonly string[],
  value: unknown,
): unknown {
  const map = isObject(base) ? base : {};
  return { ...map, [head]: rest.length === 0 ? value : withValue(own(map, head), rest, value) };
}

function argoValues(helm: unknown): unknown {
  const text = textAt(helm, 'values');
  const parsed = text === undefined ? undefined : parseYaml(text);
  const values = own(helm, 'valuesObject') ?? (parsed?.ok === true ? parsed.value : undefined);
  return listAt(helm, 'parameters').reduce<unknown>((base, parameter) => {
    const name = textAt(parameter, 'name');
    return name === undefined ? base : withValue(base, name.split('.'), own(parameter, 'value'));
  }, values);
}

/** Argo CD: one source or several; the values as a map, as text, or one by one. */
function ofApplication(object: unknown, kind: string): readonly Installation[] {
  const spec = own(object, 'spec');
  const sources = [
    { source: own(spec, 'source'), path: 'spec.source' },
    ...listAt(spec, 'sources').map((source, index) => ({ source, path: `spec.sources.${index}` })),
  ];
  return sources
    .filter(({ source }) => textAt(source, 'chart') === istiodChart)
    .map(({ source, path }): Installation => {
      const helm = own(source, 'helm');
      const field = own(helm, 'valuesObject') === undefined ? 'values' : 'valuesObject';
      return {
        ...common(object, kind, textAt(spec, 'destination', 'namespace')),
        ...chartValues(argoValues(helm), `${path}.helm.${field}`),
        ...versionIn(textAt(source, 'targetRevision')),
        elsewhere: listAt(helm, 'valueFiles').map(file => `file ${String(file)}`),
      };
    });
}

type Reader = (object: unknown, kind: string) => readonly Installation[];

const readers: ReadonlyMap<string, readonly [group: string, read: Reader]> = new Map([
  ['IstioOperator', ['install.istio.io', ofOperator]],
  ['Istio', ['sailoperator.io', ofSailOperator]],
  ['IstioRevision', ['sailoperator.io', ofSailOperator]],
  ['HelmRelease', ['helm.toolkit.fluxcd.io', ofHelmRelease]],
  ['Application', ['argoproj.io', ofApplication]],
]);

const valuesKeys = ['meshConfig', 'global', 'pilot'];
const isValues = (value: unknown) => valuesKeys.some(key => isObject(own(value, key)));

/** A document without `kind` that has keys of Istio's charts; those of a chart above it stand below `istiod`. */
function ofValuesFile(object: unknown): readonly Installation[] {
  const below = own(object, istiodChart);
  const [values, path] = isValues(below) ? [below, istiodChart] : [object, ''];
  if (!isValues(values)) return [];
  return [{ ...common(undefined, 'HelmValues', undefined), ...chartValues(values, path) }];
}

/** What a document installs of Istio's control plane; nothing for other documents. */
export function findInstallations(
  object: unknown,
  kind: string,
  apiVersion: string,
): readonly Installation[] {
  if (kind === '') return ofValuesFile(object);
  const [group, read] = readers.get(kind) ?? [];
  return read !== undefined && apiVersion.startsWith(`${group}/`) ? read(object, kind) : [];
}
