import { describe, expect, it } from 'vitest';
import { interceptionVersion } from '../versions';
import { readCommandLine } from './command-line';

const origin = { kind: 'option', option: 'test' } as const;

/** Values by flag, or the error's code. */
function read(words: readonly string[], istio = '1.32') {
  const line = readCommandLine(
    words.map(text => ({ text, origin })),
    interceptionVersion(istio),
  );
  return 'kind' in line
    ? line.code
    : Object.fromEntries([...line].map(([name, { value }]) => [name, value]));
}

describe('the command line of istio-iptables', () => {
  it.each([
    [['-p', '15001'], { 'envoy-port': '15001' }],
    [['-p15001'], { 'envoy-port': '15001' }],
    [['-p=15001'], { 'envoy-port': '15001' }],
    [['--envoy-port', '15001'], { 'envoy-port': '15001' }],
    [['--envoy-port=15001'], { 'envoy-port': '15001' }],
    [['-x', ''], { 'istio-service-exclude-cidr': '' }],
    [['-p', '1', '-p', '2'], { 'envoy-port': '2' }],
    [['--redirect-dns'], { 'redirect-dns': 'true' }],
    [['--redirect-dns=T'], { 'redirect-dns': 'true' }],
    [['--redirect-dns', 'false'], { 'redirect-dns': 'true' }],
    [['-np', '7'], { 'dry-run': 'true', 'envoy-port': '7' }],
    [['--log_output_level=default:info', '--log_as_json'], {}],
    [['stray', '-p', '1', '--', '-u', '2'], { 'envoy-port': '1' }],
  ])('%j is read as %j', (words, values) => {
    expect(read(words)).toEqual(values);
  });

  it.each([
    [['--redirect-dns=yes'], 'bad-flag-value'],
    [['--iptables-probe-port=70000'], 'bad-flag-value'],
    [['--iptables-probe-port=-1'], 'bad-flag-value'],
    [['--probe-timeout=5'], 'bad-flag-value'],
    [['--no-such-flag'], 'unknown-flag'],
    [['-y'], 'unknown-flag'],
    [['-p'], 'missing-flag-value'],
    [['--envoy-port'], 'missing-flag-value'],
  ])('%j ends with %s', (words, code) => {
    expect(read(words)).toBe(code);
  });

  it('reads probe ports with a base prefix and time-outs with units', () => {
    expect(read(['--iptables-probe-port=0x10', '--probe-timeout=1m30s'])).toEqual({
      'iptables-probe-port': '16',
      'probe-timeout': '1m30s',
    });
  });

  it('does not know the newer flags before 1.27', () => {
    expect(read(['--native-nftables'], '1.26')).toBe('unknown-flag');
    expect(read(['--force-iptables-binary=nft'], '1.26')).toBe('unknown-flag');
  });

  it('knows the flags of its release only', () => {
    const binary = ['--force-iptables-binary=nft'];
    const native = ['--native-nftables'];
    expect(['1.26', '1.27', '1.28', '1.32'].map(istio => read(binary, istio))).toEqual([
      'unknown-flag',
      'unknown-flag',
      { 'force-iptables-binary': 'nft' },
      { 'force-iptables-binary': 'nft' },
    ]);
    expect(['1.26', '1.27'].map(istio => read(native, istio))).toEqual([
      'unknown-flag',
      { 'native-nftables': 'true' },
    ]);
  });
});
