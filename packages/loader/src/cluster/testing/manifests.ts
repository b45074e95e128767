type Manifest = Readonly<Record<string, unknown>>;

/** A manifest of few words; without a namespace when the name has none: `shop/web`. */
export function manifest(
  apiVersion: string,
  kind: string,
  name: string,
  more: Manifest & { readonly metadata?: Manifest } = {},
): Manifest {
  const [first = '', second] = name.split('/');
  const place = second === undefined ? { name: first } : { namespace: first, name: second };
  return { apiVersion, kind, ...more, metadata: { ...place, ...more.metadata } };
}

/** A Deployment whose container has these environment variables. */
export const deployment = (
  name: string,
  env: readonly Manifest[] = [],
  container = 'app',
  labels: Manifest = {},
): Manifest =>
  manifest('apps/v1', 'Deployment', name, {
    metadata: { labels },
    spec: { template: { spec: { containers: [{ name: container, image: 'app', env }] } } },
  });

export const pod = (name: string): Manifest =>
  manifest('v1', 'Pod', name, { spec: { containers: [{ name: 'app', image: 'app' }] } });

export const serviceEntry = (name: string, host = 'api.example'): Manifest =>
  manifest('networking.istio.io/v1', 'ServiceEntry', name, { spec: { hosts: [host] } });

/** `Pod shop/web`, for each object. */
export const namesOf = (resources: readonly { readonly value: unknown }[]): readonly string[] =>
  resources.map(({ value }) => {
    const { kind, metadata } = value as {
      kind: string;
      metadata: { name: string; namespace?: string };
    };
    return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
  });
