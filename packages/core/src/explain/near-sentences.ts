import type { Trace } from '../simulation';
import { code, place, type Sentence, text } from './explanation';

type Near = NonNullable<Trace['near']>[number];

const why: Readonly<Record<Near['why'], string>> = {
  'not-exported': ' has this host and port, but is not exported to this namespace',
  'not-imported-by-sidecar': ' has this host and port, but the Sidecar does not import it',
  'shadowed-by-own-namespace':
    ' has this host and port, but an object of the own namespace with the same host takes its place',
  'older-entry-wins':
    ' has this host and port, but another object with the same host decides: an older one or a Service',
  'other-port': ' has this host, but not this port',
  'other-protocol': ' has this host and port, but for another protocol',
  spelling: ' has a host that is spelt alike',
  'same-domain': ' has a host of the same domain',
};

const portsOf = ({ ports }: Near) =>
  ports.map(({ port, protocol }) => `${port}/${protocol}`).join(', ');

/** What nearly takes a call, one sentence each: which object, what fits and what does not. */
export function nearSentences(near: readonly Near[]): readonly Sentence[] {
  return near.map(item => [
    place(item.origin),
    text(`${why[item.why]} (`),
    code(item.host),
    text(`, ports ${portsOf(item)})`),
  ]);
}
