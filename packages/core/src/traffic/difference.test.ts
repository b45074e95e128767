import { describe, expect, it } from 'vitest';
import { differenceFrom, type PathFacts } from './difference';

const facts: PathFacts = {
  kind: 'local-to-remote',
  outputRules: [9, 4],
  throughEnvoy: 1,
  proxyUid: 1337,
  proxyGid: 1337,
  mode: 'REDIRECT',
  dnsCapture: false,
  classicChain: true,
  captured: true,
  endsInEnvoy: false,
  destination: '203.0.113.1',
};

describe('the difference from the published description', () => {
  it('is none when the same rules decide', () => {
    expect(differenceFrom(facts)).toBeUndefined();
  });

  it('of a blocked call is that Envoy sends nothing on', () => {
    expect(differenceFrom({ ...facts, outputRules: [9], endsInEnvoy: true })).toContain(
      'Envoy ends the call',
    );
  });

  it('of other rules is the settings, even when the call is blocked', () => {
    const note = differenceFrom({ ...facts, outputRules: [11], endsInEnvoy: true });
    expect(note).toContain('the settings of this workload make other rules');
  });

  it('of an exempt call is the settings that exempt it', () => {
    const note = differenceFrom({ ...facts, outputRules: [3], throughEnvoy: 0, captured: false });
    expect(note).toContain('exempt the call');
  });
});
