import { refOf } from '../../resources';
import type { Level, Rule } from '../rule';

/** Suffixes below which clouds and hosters give names to anybody (a selection of the public suffix list's private part). */
const sharedSuffixes = new Set([
  'amazonaws.com',
  'azurewebsites.net',
  'blob.core.windows.net',
  'cloudapp.net',
  'cloudfront.net',
  'cloudfunctions.net',
  'core.windows.net',
  'firebaseapp.com',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'pages.dev',
  'r2.dev',
  'run.app',
  's3.amazonaws.com',
  'storage.googleapis.com',
  'vercel.app',
  'web.app',
  'workers.dev',
]);

/** Second-level domains under which countries register names, such as `co.uk`. */
const countrySecondLevel = /^(ac|co|com|edu|gov|ne|net|or|org)\.[a-z]{2}$/;

interface Breadth {
  readonly level: Level;
  readonly text: string;
}

function breadthOf(host: string): Breadth | undefined {
  if (host === '*') return { level: 'error', text: 'covers every host' };
  if (!host.startsWith('*.')) return undefined;
  const suffix = host.slice(2).toLowerCase();
  if (!suffix.includes('.')) return { level: 'error', text: `covers all of \`.${suffix}\`` };
  if (countrySecondLevel.test(suffix)) {
    return { level: 'error', text: `covers all registered names below \`${suffix}\`` };
  }
  return sharedSuffixes.has(suffix)
    ? { level: 'warning', text: 'covers names that anybody can rent' }
    : undefined;
}

export const serviceentryWildcardTooBroad: Rule = {
  id: 'serviceentry/wildcard-too-broad',
  level: 'warning',
  title: 'a wildcard covers domains of others',
  why: 'everybody can own a name below this suffix, so the entry opens hosts of strangers',
  inputs: [],
  aliases: [],
  tags: ['S29', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      for (const [index, host] of entry.spec.hosts.entries()) {
        const breadth = breadthOf(host);
        if (breadth === undefined) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.hosts.${index}`,
          message: `\`${host}\` ${breadth.text}`,
          level: breadth.level,
          hosts: [host],
        };
      }
    }
  },
};
