import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostCovers, hostsOverlap } from '../../net';
import { hostIndex } from './host-index';

const label = fc.constantFrom('a', 'b', 'ab');
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map(labels => labels.join('.'));
const host = fc.oneof(
  name,
  name.map(text => `*.${text}`),
  name.map(text => `*${text}`),
  fc.constant('*'),
);

test('an index answers as a scan over all hosts does', () => {
  fc.assert(
    fc.property(fc.uniqueArray(host, { maxLength: 8 }), host, (hosts, asked) => {
      const index = hostIndex(hosts);
      expect(index.overlaps(asked)).toBe(hosts.some(own => hostsOverlap(own, asked)));
      if (asked.startsWith('*')) {
        const below = hosts.filter(own => !own.startsWith('*') && hostCovers(asked, own));
        expect([...index.below(asked)].sort()).toEqual([...below].sort());
      } else {
        const around = hosts.filter(own => hostCovers(own, asked));
        expect([...index.around(asked)].sort()).toEqual([...around].sort());
      }
    }),
  );
});
