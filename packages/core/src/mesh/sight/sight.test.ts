import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh-from-yaml';
import { differsByOne, hostsOfDomain, hostsSpeltLike, servicesNamed } from './registered-hosts';

const mesh = meshFromYaml(`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: shop}
spec: {hosts: [api.pay.example, apis.pay.example, api.pya.example, "*.pay.example", localhost], location: MESH_EXTERNAL, resolution: NONE, ports: [{number: 443, name: tls, protocol: TLS}]}`);

describe('names that differ in one letter', () => {
  it.each([
    ['pay', 'pya'],
    ['pay', 'pa'],
    ['pay', 'pays'],
    ['pay', 'day'],
    ['pay', 'paay'],
  ])('%s and %s', (a, b) => {
    expect(differsByOne(a, b) && differsByOne(b, a)).toBe(true);
  });
  it.each([
    ['pay', 'pay'],
    ['pay', 'yap'],
    ['pay', 'p'],
    ['pay', 'dai'],
  ])('not %s and %s', (a, b) => {
    expect(differsByOne(a, b)).toBe(false);
  });
  it('are found whichever letter is left out', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(word, fc.nat(), (text, at) => {
        const less = text.slice(0, at % text.length) + text.slice((at % text.length) + 1);
        return differsByOne(text, less) && differsByOne(less, text);
      }),
    );
  });
});

describe('registered hosts', () => {
  it('are found by a letter in the first label or after it', () => {
    expect(hostsSpeltLike(mesh, 'api.pay.example')).toEqual([
      'api.pya.example',
      'apis.pay.example',
    ]);
    expect(hostsSpeltLike(mesh, 'localhots')).toEqual(['localhost']);
    expect(hostsSpeltLike(mesh, 'ap.pya.example')).toEqual(['api.pya.example']);
  });
  it('are found by their domain, and by wildcards that cover a name', () => {
    expect(hostsOfDomain(mesh, 'www.pay.example')).toContain('api.pay.example');
    expect(hostsOfDomain(mesh, 'localhost')).toEqual([]);
    expect(servicesNamed(mesh, 'WWW.pay.example').map(({ hostname }) => hostname)).toEqual([
      '*.pay.example',
    ]);
  });
});
