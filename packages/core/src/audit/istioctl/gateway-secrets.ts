import type { Gateway } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { type AnalysisMessage, messageOn } from './message';
import { formatSelector } from './selector-index';

const certificate = /-----BEGIN CERTIFICATE-----\s+[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/;

function decodeBase64(text: unknown): string {
  if (typeof text !== 'string') return '';
  try {
    return atob(text);
  } catch {
    return '';
  }
}

const pairs = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

/**
 * Whether the Secret holds a certificate and a key: the first pair of which neither is empty
 * (`kube.ExtractCertInfo`). Of the key nothing else is asked; that the certificate is still valid is not checked here.
 */
function holdsKeyPair(secret: unknown): boolean {
  const data = isRecord(secret) && isRecord(secret.data) ? secret.data : {};
  const values = pairs.map(names => names.map(name => decodeBase64(data[name])));
  const [text = ''] = values.find(pair => !pair.includes('')) ?? [];
  return certificate.test(text);
}

function* checkServers(
  gateway: Gateway,
  namespace: string,
  secrets: ReadonlyMap<string, unknown>,
): Iterable<AnalysisMessage> {
  for (const [index, { tls }] of gateway.spec.servers.entries()) {
    const name = tls?.credentialName ?? '';
    if (name === '') continue;
    const path = `spec.servers.${index}.tls.credentialName`;
    const key = name.includes('/') ? name : `${namespace}/${name}`;
    if (!secrets.has(key)) {
      yield messageOn('IST0101', gateway, `Referenced credentialName not found: "${name}"`, path);
    } else if (!holdsKeyPair(secrets.get(key))) {
      const message = `The credential referenced by the Gateway ${gateway.metadata.name} in namespace ${namespace} is invalid, which can cause the traffic not to work as expected.`;
      yield messageOn('IST0161', gateway, message, path);
    }
  }
}

/** Credentials that a Gateway names, in the namespace of its pods. Source: `gateway/secret.go`. */
export const gatewaySecrets: Analyzer = {
  name: 'gateway.SecretAnalyzer',
  codes: ['IST0101', 'IST0161'],
  *analyze(context: AnalysisContext) {
    const secrets = new Map(
      context.resources.other
        .filter(item => item.kind === 'Secret')
        .map(item => [`${item.metadata.namespace}/${item.metadata.name}`, item.spec]),
    );
    for (const gateway of context.resources.gateways) {
      const [pod] = context.pods.select(gateway.spec.selector);
      if (pod === undefined) {
        const message = `Referenced selector not found: "${formatSelector(gateway.spec.selector)}"`;
        yield messageOn('IST0101', gateway, message, 'spec.selector');
        continue;
      }
      if (!context.unread.has('Secret'))
        yield* checkServers(gateway, pod.metadata.namespace ?? '', secrets);
    }
  },
};
