import type { ConnectFailure } from '../symptom';
import type { WorldCertificate } from '../world';

/** Who wrote an HTTP answer. */
export type Answerer = 'remote' | 'app' | 'agent' | 'envoy';

/** The certificate that a server shows. */
export type ServerCertificate =
  | {
      readonly kind: 'public';
      readonly names: readonly string[];
      readonly certificate: WorldCertificate;
    }
  /** Issued by the mesh: `spiffe://…`. */
  | { readonly kind: 'workload'; readonly identity: string };

/** How a connection that one side opens ends, seen from that side. */
export type Exchange =
  /** No connection. */
  | {
      readonly kind: 'unreachable';
      readonly how: ConnectFailure;
      /** What keeps it off is among the blockers already. */
      readonly isExplained?: true;
    }
  /** The other side ends the connection before it answers. */
  | { readonly kind: 'closed'; readonly afterSeconds?: number }
  /** Neither side says anything more. */
  | { readonly kind: 'silence' }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly by: Answerer;
      readonly body?: string;
      readonly location?: string;
      readonly afterSeconds?: number;
    }
  /** HTTP/1.1 text to a client that did not speak HTTP. */
  | { readonly kind: 'plain-http-400'; readonly by: Answerer }
  | { readonly kind: 'echo' }
  | { readonly kind: 'banner' }
  /** Other bytes than the client sent: a greeting, then the echo. */
  | { readonly kind: 'data' }
  /** The CONNECT is granted; `inner` is what the tunnel gives. */
  | { readonly kind: 'tunnel'; readonly inner: Exchange }
  /** A handshake with a server; `inner` is what the session gives. */
  | {
      readonly kind: 'tls';
      readonly certificate: ServerCertificate;
      readonly alpn?: string;
      readonly inner: Exchange;
    }
  /** Cannot be told: an input is missing. */
  | { readonly kind: 'unknown' };
