import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { type Call, callVariants } from '../../simulation';
import { deployment, entry, http, namespace, registryOnly, tls } from '../../testing/manifest-text';
import { explainSymptom } from './explain-symptom';
import { matchWords } from './match-words';
import { symptomCatalogue } from './symptom-catalogue';

const mesh = meshFromYaml(
  registryOnly +
    namespace('shop') +
    entry('rates.example', `${http}, ${tls}`, { name: 'rates' }) +
    deployment('web'),
);

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const explain = (asked: string, call: Omit<Call, 'from'>) =>
  explainSymptom(asked, callVariants(mesh, { from: web, ...call }));
const reasonsOf = (found: ReturnType<typeof explain>) => found?.causes.map(cause => cause.reason);

describe('a symptom with a workload and a target', () => {
  const unknown = { to: 'news.example', port: 80, protocol: 'http' } as const;
  it('has the cause that the call as asked shows first, with what it comes from', () => {
    const found = explain('502', unknown);
    expect(found?.simulated).toMatchObject({ code: 'http:502', agrees: true });
    expect(found?.causes[0]).toMatchObject({
      reason: 'registry-only-no-virtual-host',
      evidence: { message: expect.stringContaining('news.example') },
    });
    expect(found?.causes[0]?.when).toBeUndefined();
  });
  it('leaves out what this mesh cannot show', () => {
    const found = explain('502', unknown);
    expect(reasonsOf(found)).toEqual(['registry-only-no-virtual-host']);
    expect(found?.ruledOut.map(({ reason }) => reason)).toContain('upstream-protocol-error');
  });
  it('says under which condition a cause applies that the call as asked does not show', () => {
    const found = explain('connection refused', unknown);
    expect(found?.simulated?.agrees).toBe(false);
    expect(found?.causes[0]).toMatchObject({
      reason: 'before-proxy-start',
      when: expect.stringContaining('while the proxy is not running'),
    });
  });
  it('names the state of the outside that would give the symptom', () => {
    const found = explain('503', { to: 'rates.example', port: 80, protocol: 'http' });
    expect(found?.causes.find(({ reason }) => reason === 'endpoint-refuses')?.when).toBe(
      'if the destination refuses connections',
    );
  });
  it('has no cause when the symptom cannot come from this mesh', () => {
    expect(reasonsOf(explain('rbac: access denied', unknown))).toEqual([]);
  });
  it('finds the server name that is not registered', () => {
    const found = explain('SSL_ERROR_SYSCALL', { ...unknown, port: 443, protocol: 'https' });
    expect(reasonsOf(found)).toContain('sni-mismatch');
  });
  it('says from which object a cause comes', () => {
    const found = explain('not blocked', { to: 'rates.example', port: 443, protocol: 'https' });
    expect(found?.causes[0]).toMatchObject({
      reason: 'service-entry',
      evidence: { origin: { object: { kind: 'ServiceEntry', name: 'rates' } } },
    });
  });
  it('tells that only the user of the proxy gets through', () => {
    const found = explain('works as root', { ...unknown, port: 443, protocol: 'https' });
    expect(found?.causes.map(({ reason, when }) => [reason, when])).toContainEqual([
      'proxy-uid',
      'by a process with the user of the proxy (uid 1337)',
    ]);
  });
});

describe('free text', () => {
  it.each([
    ['HTTP/1.1 502 Bad Gateway\nserver: envoy\ncontent-length: 0', 'http-502'],
    [
      'curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number',
      'wrong-version-number',
    ],
    ['SSL23_GET_SERVER_HELLO:unknown protocol', 'wrong-version-number'],
    ['404 NR route_not_found on CONNECT', 'http-404-nr'],
    ['"503 UH" no healthy upstream', 'http-503-uh'],
    ['503 after enabling auto-allocate', 'http-503-uf'],
    ['curl: (6) Could not resolve host: api.example.com', 'name'],
    ['dial tcp 10.0.0.1:443: connect: connection refused', 'refused'],
    ['dial tcp 203.0.113.9:443: i/o timeout', 'connect-timeout'],
    ["Lost connection to MySQL server at 'reading initial communication packet'", 'hang'],
    ['connection hangs, server speaks first', 'hang'],
    ['works as 1337, blocked as app', 'only-as-proxy-user'],
    ['REGISTRY_ONLY does not block', 'not-blocked'],
    ['x509: certificate signed by unknown authority', 'certificate'],
    ['upstream conect error', 'http-503-uf'],
    ['Error: socket hang up', 'closed'],
  ])('`%s` is %s', (asked, id) => {
    expect(explainSymptom(asked)?.id).toBe(id);
  });
  it('needs whole words', () => {
    expect(explainSymptom('computed values')).toBeUndefined();
    expect(explainSymptom('1502 rows')).toBeUndefined();
  });
  it('prefers a phrase that stands there as a whole to scattered words', () => {
    expect(matchWords('no healthy upstream', 'no healthy upstream')).toBeGreaterThan(
      matchWords('upstream is no longer healthy', 'no healthy upstream'),
    );
    expect(matchWords('healthy upstream', 'no healthy upstream')).toBeGreaterThan(0);
    expect(matchWords('', 'x')).toBe(0);
  });
});

describe('the catalogue', () => {
  it('has unique ids and a cause for each symptom', () => {
    const ids = symptomCatalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { causes, words } of symptomCatalogue) {
      expect(causes.length).toBeGreaterThan(0);
      expect(words.length).toBeGreaterThan(0);
    }
  });
  it('finds each entry by each of its own phrases', () => {
    for (const { id, words } of symptomCatalogue) {
      for (const phrase of words)
        expect([phrase, explainSymptom(phrase)?.id]).toEqual([phrase, id]);
    }
  });
});
