import { type Cursor, field } from './decode/cursor';
import { boolean, compact, integer, list, message, text, textMap, texts } from './decode/scalars';
import type { Labels, Resource } from './resource';

export interface ServerTls {
  readonly mode: string;
  readonly httpsRedirect?: boolean;
  readonly credentialName?: string;
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly minProtocolVersion?: string;
}
export interface GatewayServer {
  readonly port: {
    readonly number: number;
    readonly protocol: string;
    readonly name?: string;
    readonly targetPort?: number;
  };
  readonly bind?: string;
  readonly hosts: readonly string[];
  readonly tls?: ServerTls;
  readonly name?: string;
}
export interface GatewaySpec {
  readonly servers: readonly GatewayServer[];
  readonly selector: Labels;
}
/** `networking.istio.io` Gateway. */
export type Gateway = Resource<'Gateway', GatewaySpec>;

function readTls(cursor: Cursor): ServerTls {
  return compact({
    mode: text(field(cursor, 'mode')) ?? 'PASSTHROUGH',
    httpsRedirect: boolean(field(cursor, 'httpsRedirect')),
    credentialName: text(field(cursor, 'credentialName')),
    serverCertificate: text(field(cursor, 'serverCertificate')),
    privateKey: text(field(cursor, 'privateKey')),
    caCertificates: text(field(cursor, 'caCertificates')),
    minProtocolVersion: text(field(cursor, 'minProtocolVersion')),
  });
}

function readServer(cursor: Cursor): GatewayServer {
  const port = field(cursor, 'port');
  return compact({
    port: compact({
      number: integer(field(port, 'number')) ?? 0,
      protocol: text(field(port, 'protocol')) ?? '',
      name: text(field(port, 'name')),
      targetPort: integer(field(port, 'targetPort')),
    }),
    bind: text(field(cursor, 'bind')),
    hosts: texts(field(cursor, 'hosts')),
    tls: message(field(cursor, 'tls'), readTls),
    name: text(field(cursor, 'name')),
  });
}

export function readGateway(spec: Cursor): GatewaySpec {
  return {
    servers: list(field(spec, 'servers'), readServer),
    selector: textMap(field(spec, 'selector')),
  };
}
