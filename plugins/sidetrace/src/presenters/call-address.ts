import type { AccessRow, Call, WorkloadRef } from '@sidetrace/core';

export interface CallForm {
  readonly address: string;
  readonly container: string;
  readonly uid: string;
  readonly ip: string;
  readonly sni: string;
  readonly http2: boolean;
}

const protocols: Readonly<
  Record<string, { readonly protocol: Call['protocol']; readonly port?: number }>
> = {
  http: { protocol: 'http', port: 80 },
  https: { protocol: 'https', port: 443 },
  tls: { protocol: 'tls', port: 443 },
  tcp: { protocol: 'tcp' },
  udp: { protocol: 'udp' },
};

const form = /^(?:([a-z0-9]+):\/\/)?(\[[0-9a-f:.]+\]|[^\s/:[\]]+)(?::(\d{1,5}))?(\/\S*)?$/i;

/** Without a scheme the port tells: 80 and 8080 are HTTP, 443 is HTTPS, anything else plain TCP. */
function schemeFor(port: number | undefined): string {
  if (port === undefined || port === 443) return 'https';
  return port === 80 || port === 8080 ? 'http' : 'tcp';
}

const spoken = {
  http: 'HTTP',
  http2: 'HTTP',
  https: 'TLS',
  tls: 'TLS',
  tcp: 'TCP',
  udp: 'UDP',
} as const satisfies Record<Call['protocol'], AccessRow['protocol']>;

/** The column of the matrix that a call belongs to. */
export function targetOfCall({ to, port, protocol }: Call) {
  return { host: to.toLowerCase(), port, protocol: spoken[protocol] };
}

/** Reads the form; `undefined` while the address is not complete. */
export function callOf(input: CallForm, from: WorkloadRef): Call | undefined {
  const [, scheme, host = '', portText, path] = form.exec(input.address.trim()) ?? [];
  if (host === '') return undefined;
  const given = portText === undefined ? undefined : Number(portText);
  const name = (scheme ?? schemeFor(given)).toLowerCase();
  const known = Object.hasOwn(protocols, name) ? protocols[name] : undefined;
  const port = given ?? known?.port;
  if (known === undefined || port === undefined || port < 1 || port > 65535) return undefined;
  const uid = /^\d+$/.test(input.uid.trim()) ? Number(input.uid.trim()) : undefined;
  const isHttp = known.protocol === 'http' || known.protocol === 'https';
  return {
    from,
    to: host.replace(/^\[|\]$/g, ''),
    port,
    protocol: known.protocol,
    ...(path === undefined || !isHttp ? {} : { path }),
    ...(input.container === '' || uid !== undefined ? {} : { container: input.container }),
    ...(uid === undefined ? {} : { uid }),
    ...(input.ip.trim() === '' ? {} : { address: input.ip.trim() }),
    ...(input.sni.trim() === '' ? {} : { sni: input.sni.trim() }),
    ...(input.http2 && isHttp ? { httpVersion: '2' as const } : {}),
  };
}
