import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { encodeReply, type Reply } from '../reply';

/** Bytes from which on an answer is compressed for a client that takes it so (apiserver `defaultGzipThresholdBytes`). */
const compressedFrom = 128 * 1024;

function encodedFor(response: ServerResponse, reply: Reply): ReturnType<typeof encodeReply> {
  const { body, headers } = encodeReply(reply);
  const taken = String(response.req.headers['accept-encoding'] ?? '');
  if (body.length < compressedFrom || !/\bgzip\b/.test(taken)) return { body, headers };
  const compressed = gzipSync(body, { level: 1 });
  return {
    body: compressed,
    headers: {
      ...headers,
      'Content-Encoding': 'gzip',
      'Content-Length': String(compressed.length),
      Vary: 'Accept-Encoding',
    },
  };
}

/** Sends an answer as a whole. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  const { body, headers } = encodedFor(response, reply);
  response.writeHead(reply.code, headers).end(body);
}

/** Sends the first bytes of an answer and destroys the connection. */
export function sendCut(response: ServerResponse, reply: Reply, bytes: number): void {
  const { body, headers } = encodedFor(response, reply);
  response.writeHead(reply.code, headers).flushHeaders();
  response.write(body.subarray(0, bytes));
  response.socket?.destroySoon();
}

/** Says that JSON follows, and sends none. */
export function sendMalformed(response: ServerResponse): void {
  const body = '<html><body>502 Bad Gateway</body></html>\n';
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    .end(body);
}
