import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ApiFailure } from './api-failure';
import type { HideSecrets } from './hide-secrets';

/** Where requests go and with which credentials. */
export interface Connection {
  /** URL of the API server; may have a path. */
  readonly server: URL;
  /** Headers and TLS options of one request; made anew each time, for tokens that run out. */
  readonly authorize: () => Promise<RequestOptions>;
  readonly hide: HideSecrets;
}

/** One GET. */
export interface ApiRequest {
  /** `/api/v1/pods`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** A connection on which nothing comes for so long is given up. */
  readonly idleMs: number;
  /** Whether the answer may be compressed. */
  readonly compressed: boolean;
}

/** An answer whose body has not been read yet. */
export interface ApiAnswer {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  readonly body: Readable;
}

const agents = {
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true }),
};

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HOSTNAME_MISMATCH|EPROTO|ERR_SSL/;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const textOf = (error: unknown): string =>
  error instanceof Error ? error.message || codeOf(error) || error.name : String(error);

/** A failure of the connection before there was an answer. */
function connectionFailure(error: unknown, hide: HideSecrets): ApiFailure {
  const kind = certificateCodes.test(codeOf(error)) ? 'certificate' : 'no-connection';
  return new ApiFailure(hide(textOf(error)), { kind });
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function answerOf(message: IncomingMessage): ApiAnswer {
  const { statusCode = 0, headers } = message;
  const gzipped = headers['content-encoding'] === 'gzip';
  // the error of a cut reaches whoever reads the body
  const body = gzipped ? pipeline(message, createGunzip(), () => undefined) : message;
  return { status: statusCode, retryAfterMs: retryAfter(headers['retry-after']), body };
}

async function optionsOf(connection: Connection, asked: ApiRequest): Promise<RequestOptions> {
  const { server, authorize, hide } = connection;
  let authorized: RequestOptions;
  try {
    authorized = await authorize();
  } catch (error) {
    throw new ApiFailure(hide(textOf(error)), { kind: 'credentials' });
  }
  const query = new URLSearchParams(asked.query).toString();
  return {
    agent: server.protocol === 'http:' ? agents.http : agents.https,
    ...authorized,
    protocol: server.protocol,
    hostname: server.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: server.port,
    path: `${server.pathname.replace(/\/$/, '')}${asked.path}${query === '' ? '' : `?${query}`}`,
    method: 'GET',
    headers: {
      ...authorized.headers,
      accept: 'application/json',
      'user-agent': 'sidetrace',
      'accept-encoding': asked.compressed ? 'gzip' : 'identity',
    },
    ...(asked.signal === undefined ? {} : { signal: asked.signal }),
  };
}

/** Sends a GET; rejects with an `ApiFailure` when no answer begins. */
export async function sendRequest(connection: Connection, asked: ApiRequest): Promise<ApiAnswer> {
  const options = await optionsOf(connection, asked);
  const open = options.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => {
      if (asked.signal?.aborted) reject(asked.signal.reason);
      else reject(connectionFailure(error, connection.hide));
    };
    try {
      const request = open(options, message => resolve(answerOf(message)));
      request.setTimeout(asked.idleMs, () => {
        request.destroy(new Error(`nothing came for ${asked.idleMs / 1000} s`));
      });
      request.on('error', failed);
      request.end();
    } catch (error) {
      failed(error);
    }
  });
}
