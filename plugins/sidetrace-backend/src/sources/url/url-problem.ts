import type { UrlSourceConfig } from '../source-config';
import { SourceError } from '../source-error';

/** What stands in a URL beside the place: who may read it. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/(\bhttps?:\/\/)[^\s/@'"`]*@/gi, '$1')
    .replace(/(\bhttps?:\/\/[^\s?'"`]+)\?[^\s'"`,)]*/gi, '$1');
}

/** What is wrong with the URL, for people. Readers word it each in its own way; a URL's query may hold a signature. */
export function urlProblem(
  error: unknown,
  { url, timeout }: Pick<UrlSourceConfig, 'url' | 'timeout'>,
): SourceError {
  if (error instanceof SourceError) return error;
  const place = withoutSecrets(url);
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new SourceError(
      `\`${place}\` has not been read within ${timeout / 1000} s: raise \`timeout\`, or read less of it`,
    );
  }
  const why = withoutSecrets(message);
  const hint =
    name === 'NotFoundError' ? 'check `url`, and whether the integration may read it' : undefined;
  return new SourceError(
    `\`${place}\` cannot be read: ${why}${hint === undefined ? '' : `; ${hint}`}`,
  );
}
