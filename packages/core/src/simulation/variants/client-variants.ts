import { parseIp } from '../../net';
import type { Call } from '../trace';

/** The same call made by a client that behaves in another way. */
export interface ClientVariant {
  readonly when: string;
  readonly call: Call;
}

const usesTls = ({ protocol }: Call) => protocol === 'https' || protocol === 'tls';

function otherProtocols(call: Call): readonly ClientVariant[] {
  const tls = usesTls(call);
  const { sni: _, httpVersion: __, ...plain } = call;
  return [
    ...(call.protocol === 'http' || call.protocol === 'http2'
      ? []
      : [
          {
            when: 'if the client speaks plain HTTP',
            call: { ...plain, protocol: 'http' as const },
          },
        ]),
    ...(tls
      ? [{ when: 'if the client sends no server name', call: { ...call, sni: '' } }]
      : [{ when: 'if the client speaks TLS', call: { ...plain, protocol: 'https' as const } }]),
    {
      when: 'if the client sends bytes that are neither HTTP nor TLS',
      call: { ...plain, protocol: 'tcp' },
    },
    {
      when: 'if the server speaks first',
      call: { ...plain, protocol: 'tcp', serverFirst: true },
    },
  ];
}

function otherRequests(call: Call): readonly ClientVariant[] {
  const { sni: _, ...plain } = call;
  const connectVia = `${call.to}:${call.port}`;
  return [
    {
      when: 'if the client speaks HTTP/1.0',
      call: { ...plain, protocol: 'http', httpVersion: '1.0' },
    },
    { when: 'if the request has no Host', call: { ...plain, protocol: 'http', host: '' } },
    ...(parseIp(call.to) === undefined && call.connectVia === undefined
      ? [
          {
            when: 'if the client sends CONNECT first',
            call: { ...call, protocol: 'https' as const, connectVia },
          },
        ]
      : []),
  ];
}

/** Ways in which a client may make the call that the question does not settle. */
export function clientVariants(call: Call): readonly ClientVariant[] {
  if (call.protocol === 'udp') return [];
  return [...otherProtocols(call), ...otherRequests(call)];
}
