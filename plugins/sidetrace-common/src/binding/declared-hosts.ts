import type { Entity } from '@backstage/catalog-model';
import type { AccessTarget } from '@sidetrace/core';
import { EXTERNAL_HOSTS_ANNOTATION } from '../annotations';

export interface DeclaredHosts {
  readonly targets: readonly AccessTarget[];
  /** Parts of the annotation that are no `host[:port][/protocol]`. */
  readonly invalid: readonly string[];
}

type AccessProtocol = NonNullable<AccessTarget['protocol']>;

const protocols: readonly AccessProtocol[] = ['HTTP', 'TLS', 'TCP', 'UDP'];
const form =
  /^((?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\d{1,5}))?(?:\/([A-Za-z]+))?$/;

/** HTTPS is TLS to everything between the application and the server. */
function protocolOf(text: string): AccessProtocol | undefined {
  const upper = text.toUpperCase();
  return upper === 'HTTPS' ? 'TLS' : protocols.find(protocol => protocol === upper);
}

function parseTarget(text: string): AccessTarget | undefined {
  const [, host, portText, protocolText] = form.exec(text) ?? [];
  if (host === undefined) return undefined;
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65535)) return undefined;
  const protocol = protocolText === undefined ? undefined : protocolOf(protocolText);
  if (protocolText !== undefined && protocol === undefined) return undefined;
  return {
    host: host.toLowerCase(),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

/** External hosts that an entity declares it needs: `api.stripe.com:443/TLS, smtp.example:465`. */
export function declaredHostsOf(entity: Entity): DeclaredHosts {
  const annotations = entity.metadata.annotations ?? {};
  const text = Object.hasOwn(annotations, EXTERNAL_HOSTS_ANNOTATION)
    ? (annotations[EXTERNAL_HOSTS_ANNOTATION] ?? '')
    : '';
  const targets: AccessTarget[] = [];
  const invalid: string[] = [];
  for (const part of text.split(',').map(item => item.trim())) {
    if (part === '') continue;
    const target = parseTarget(part);
    if (target === undefined) invalid.push(part);
    else targets.push(target);
  }
  return { targets, invalid };
}
