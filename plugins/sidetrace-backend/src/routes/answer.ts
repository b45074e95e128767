import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';

/** Answers with JSON, or with 304 before anything is computed when the caller has this answer already. */
export async function answer(
  { request, response }: { readonly request: Request; readonly response: Response },
  tagParts: readonly string[],
  make: () => unknown,
): Promise<void> {
  const parts = [request.originalUrl, ...tagParts].join('\n');
  const tag = createHash('sha256').update(parts).digest('base64url');
  response.setHeader('ETag', `"${tag}"`);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.json(await make());
}

const types = {
  csv: ['text/csv; charset=utf-8', 'csv'],
  json: ['application/json; charset=utf-8', 'json'],
  markdown: ['text/markdown; charset=utf-8', 'md'],
  sarif: ['application/sarif+json', 'sarif'],
} as const;

/** Sends a file piece by piece, as fast as the caller takes it. */
export async function sendFile(
  response: Response,
  file: { readonly name: string; readonly format: keyof typeof types },
  text: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const [type, ending] = types[file.format];
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${file.name}.${ending}"`);
  response.setHeader('Cache-Control', 'private, no-store');
  await pipeline(Readable.from(text), response);
}
