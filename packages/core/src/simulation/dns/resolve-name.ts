import type { DnsReply } from './upstream-dns';

/** Outcome of one resolution, and the names asked for on the way. */
export interface Resolution {
  readonly result: 'ok' | 'nxdomain' | 'nodata' | 'timeout' | 'refused' | 'unknown';
  readonly addresses: readonly string[];
  readonly asked: readonly { readonly name: string; readonly reply: DnsReply['kind'] }[];
}

/**
 * Asks for each candidate until one has addresses; after a server that is silent no further one, as glibc does
 * (`resolv/res_query.c:__res_context_search`). `nodata` of any candidate outranks `nxdomain` of the others, as
 * resolvers report it.
 */
export function resolveName(
  candidates: readonly string[],
  ask: (name: string) => DnsReply,
): Resolution {
  const asked: { name: string; reply: DnsReply['kind'] }[] = [];
  let result: Resolution['result'] = 'nxdomain';
  for (const name of candidates) {
    const reply = ask(name);
    asked.push({ name, reply: reply.kind });
    if (reply.kind === 'addresses') return { result: 'ok', addresses: reply.addresses, asked };
    if (reply.kind === 'no-answer') return { result: 'timeout', addresses: [], asked };
    if (reply.kind === 'server-failure') result = 'timeout';
    if (reply.kind === 'unknown') result = 'unknown';
    if (reply.kind === 'nodata' && result === 'nxdomain') result = 'nodata';
  }
  return { result, addresses: [], asked };
}
