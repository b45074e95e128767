import { describe, expect, it } from 'vitest';
import { scriptText } from './compile-config';
import { loadScript } from './load-script';
import { runIptables } from './run-iptables';
import { interceptionVersion } from './versions';

const origin = { kind: 'option', option: 'test' } as const;

interface Case {
  readonly flags?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly addresses?: readonly string[];
  readonly nameservers?: readonly string[];
  readonly istio?: string;
}

function run({ flags = {}, env = {}, addresses, nameservers, istio = '1.32' }: Case) {
  return runIptables({
    words: Object.entries(flags).map(([name, value]) => ({
      text: `--${name}=${value}`,
      origin: { kind: 'option', option: name },
    })),
    environment: new Map(Object.entries(env).map(([name, value]) => [name, { value, origin }])),
    network: {
      interfaceAddresses: addresses ?? ['127.0.0.1/8', '10.1.0.5/24'],
      nameservers: nameservers ?? ['10.96.0.10'],
    },
    version: interceptionVersion(istio),
  });
}

/** The rules of one chain of IPv4's nat table. */
function chain(name: string, input: Case): readonly string[] {
  const result = run(input);
  if (result.kind !== 'script' || result.script.backend !== 'iptables') return [result.kind];
  const text = scriptText(result.script.v4);
  const nat = text.slice(text.indexOf('* nat')).split('COMMIT')[0] ?? '';
  return nat
    .split('\n')
    .filter(line => line.startsWith(`-A ${name} `))
    .map(line => line.slice(name.length + 4));
}

const all = { 'istio-service-cidr': '*', 'istio-inbound-ports': '*' };

describe('the outbound chain', () => {
  it('asks in the published order', () => {
    expect(chain('ISTIO_OUTPUT', { flags: all })).toEqual([
      '-o lo -s 127.0.0.6/32 -j RETURN',
      '-o lo ! -d 127.0.0.1/32 -p tcp ! --dport 15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT',
      '-o lo -m owner ! --uid-owner 1337 -j RETURN',
      '-m owner --uid-owner 1337 -j RETURN',
      '-o lo ! -d 127.0.0.1/32 -p tcp ! --dport 15008 -m owner --gid-owner 1337 -j ISTIO_IN_REDIRECT',
      '-o lo -m owner ! --gid-owner 1337 -j RETURN',
      '-m owner --gid-owner 1337 -j RETURN',
      '-d 127.0.0.1/32 -j RETURN',
      '-j ISTIO_REDIRECT',
    ]);
  });
  it('puts excluded ports first, excluded ranges before included ports', () => {
    const flags = {
      ...all,
      'istio-local-outbound-ports-exclude': '3306',
      'istio-service-exclude-cidr': '10.2.0.0/16',
      'istio-outbound-ports': '443',
    };
    const rules = chain('ISTIO_OUTPUT', { flags });
    expect(rules.slice(0, 2)).toEqual([
      '-p tcp --dport 3306 -j RETURN',
      '-p udp --dport 3306 -j RETURN',
    ]);
    expect(rules.slice(-3)).toEqual([
      '-d 10.2.0.0/16 -j RETURN',
      '-p tcp --dport 443 -j ISTIO_REDIRECT',
      '-j ISTIO_REDIRECT',
    ]);
  });
  it('lets nothing over lo pass unseen when a loopback range is included', () => {
    const rules = chain('ISTIO_OUTPUT', { flags: { 'istio-service-cidr': '127.0.0.0/8' } });
    expect(rules.filter(rule => rule.includes('! --uid-owner'))).toEqual([]);
  });
  it('captures nothing for an empty include list', () => {
    const rules = chain('ISTIO_OUTPUT', { flags: { 'istio-service-cidr': '' } });
    expect(rules.at(-1)).toBe('-d 127.0.0.1/32 -j RETURN');
  });
});

describe('the inbound chain', () => {
  it('leaves out the excluded ports only while everything is included', () => {
    const flags = { 'istio-inbound-ports': '*', 'istio-local-exclude-ports': '15090' };
    expect(chain('ISTIO_INBOUND', { flags })).toContain('-p tcp --dport 15090 -j RETURN');
    const listed = { ...flags, 'istio-inbound-ports': '8080' };
    expect(chain('ISTIO_INBOUND', { flags: listed })).toEqual([
      '-p tcp --dport 15008 -j RETURN',
      '-p tcp --dport 8080 -j ISTIO_IN_REDIRECT',
    ]);
  });
});

describe('DNS redirection', () => {
  const env = { ISTIO_META_DNS_CAPTURE: 'true' };
  it('goes to the name servers of the pod', () => {
    expect(chain('ISTIO_OUTPUT_DNS', { flags: all, env })).toEqual([
      '-p tcp --dport 53 -d 10.96.0.10/32 -j REDIRECT --to-ports 15053',
      '-p udp --dport 53 -d 10.96.0.10/32 -j REDIRECT --to-port 15053',
    ]);
  });
  it('is silently off without a usable name server', () => {
    expect(chain('ISTIO_OUTPUT_DNS', { flags: all, env, nameservers: ['local'] })).toEqual([]);
  });
  it.each(['yes', 'on', ''])('`%s` in the environment is not on', value => {
    expect(chain('ISTIO_OUTPUT_DNS', { env: { ISTIO_META_DNS_CAPTURE: value } })).toEqual([]);
  });
  it('the second name of a variable wins, the command line wins over both', () => {
    const both = { REDIRECT_DNS: 'true', ISTIO_META_DNS_CAPTURE: 'false' };
    expect(chain('ISTIO_OUTPUT_DNS', { env: both })).toEqual([]);
    expect(chain('ISTIO_OUTPUT_DNS', { env: both, flags: { 'redirect-dns': '1' } })).toHaveLength(
      2,
    );
  });
  it('nft refuses a script whose name servers are of a family without rules', () => {
    const result = run({
      flags: { ...all, 'native-nftables': 'true' },
      env,
      nameservers: ['fd00::a'],
    });
    expect(result.kind === 'script' && loadScript(result.script).kind).toBe('refused');
  });
});

describe('errors', () => {
  it.each<[Case, string]>([
    [{ addresses: ['127.0.0.1/8'] }, 'no-local-address'],
    [{ flags: { 'istio-service-exclude-cidr': '*' } }, 'exclude-wildcard'],
    [{ flags: { 'istio-service-cidr': '10.0.0.1' } }, 'bad-cidr'],
    [{ env: { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '127.0.0.1/7' } }, 'bad-loopback-cidr'],
    [{ env: { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '' } }, 'bad-loopback-cidr'],
    [{ env: { FORCE_IPTABLES_BINARY: 'ebpf' } }, 'bad-iptables-binary'],
    [
      { env: { ISTIO_OUTBOUND_OWNER_GROUPS: [...Array(65).keys()].join(',') } },
      'too-many-owner-groups',
    ],
  ])('%j ends with %s', (input, code) => {
    expect(run(input)).toMatchObject({ kind: 'error', code });
  });
  it('a bad range is left out before 1.27', () => {
    const input = { flags: { 'istio-service-cidr': '10.0.0.1,10.2.0.0/16' }, istio: '1.26' };
    expect(chain('ISTIO_OUTPUT', input).at(-1)).toBe('-d 10.2.0.0/16 -j ISTIO_REDIRECT');
  });
  it.each(['skip-rule-apply', 'dry-run', 'cleanup-only'])('%s writes no rules', flag => {
    expect(run({ flags: { [flag]: 'true' } })).toEqual({ kind: 'skipped' });
  });
  it('TPROXY with a mark that is no decimal number writes the rules and fails at the routes', () => {
    const flags = {
      'istio-inbound-interception-mode': 'TPROXY',
      'istio-inbound-tproxy-mark': '0x539',
    };
    expect(run({ flags })).toMatchObject({ kind: 'script', routing: { kind: 'error' } });
  });
});

describe('origins', () => {
  it('every rule names the option or default that made it', () => {
    const flags = { ...all, 'istio-local-outbound-ports-exclude': '3306' };
    const result = run({ flags });
    if (result.kind !== 'script' || result.script.backend !== 'iptables')
      throw new Error('no script');
    const originOf = (part: string) =>
      result.script.backend === 'iptables' &&
      result.script.v4.find(line => line.text.includes(part))?.origin;
    expect(originOf('--dport 3306')).toEqual({
      kind: 'option',
      option: 'istio-local-outbound-ports-exclude',
    });
    expect(originOf('--uid-owner')).toEqual({ kind: 'default', default: 'proxy-uid=' });
    const rules = result.script.v4.filter(line => line.text.startsWith('-A'));
    expect(rules.every(line => line.origin !== undefined)).toBe(true);
  });
});
