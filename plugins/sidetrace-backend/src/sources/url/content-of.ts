import type { UrlSourceConfig } from '../source-config';

/** What a URL is of, as the configuration says it or as its path ends. */
export function contentOf({
  url,
  content,
}: Pick<UrlSourceConfig, 'url' | 'content'>): 'tree' | 'file' | 'archive' {
  if (content !== undefined) return content;
  const { pathname } = new URL(url);
  if (/\.(?:ya?ml|json)(?:\.gz)?$/i.test(pathname)) return 'file';
  return /\.(?:tar|tar\.gz|tgz|zip)$/i.test(pathname) ? 'archive' : 'tree';
}
