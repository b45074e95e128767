import type { ServerResponse } from 'node:http';
import { encodeReply, type Reply } from '../reply';

/** Sends an answer as a whole. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  const { body, headers } = encodeReply(reply);
  response.writeHead(reply.code, headers).end(body);
}

/** Sends the first bytes of an answer and destroys the connection. */
export function sendCut(response: ServerResponse, reply: Reply, bytes: number): void {
  const { body, headers } = encodeReply(reply);
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
