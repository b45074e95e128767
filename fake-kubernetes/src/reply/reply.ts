import type { JsonObject } from '../json-object';

/** An answer that is given as a whole. */
export type Reply =
  | { readonly kind: 'json'; readonly code: number; readonly body: JsonObject }
  | {
      readonly kind: 'text';
      readonly code: number;
      readonly text: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export const jsonReply = (body: JsonObject, code = 200): Reply => ({ kind: 'json', code, body });

/** The bytes of a reply and the headers that belong to them. */
export function encodeReply(reply: Reply): {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
} {
  switch (reply.kind) {
    case 'json': {
      const body = Buffer.from(`${JSON.stringify(reply.body)}\n`);
      return { body, headers: headersOf('application/json', body) };
    }
    case 'text': {
      const body = Buffer.from(reply.text);
      return {
        body,
        headers: { ...headersOf('text/plain; charset=utf-8', body), ...reply.headers },
      };
    }
  }
}

const headersOf = (type: string, body: Buffer) => ({
  'Content-Type': type,
  'Content-Length': String(body.length),
  'Cache-Control': 'no-cache, private',
});
