import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import { type Call, reasonCodes, type SimulateOptions, simulate } from '../simulation';
import { deployment, istio, namespace, registryOnly } from '../testing/manifest-text';
import { explainTrace } from './explain-trace';
import { reasonTexts } from './reason-texts';
import { renderMarkdown, renderText } from './render';
import { explainSymptom } from './symptoms/explain-symptom';

describe('a symptom worked backwards', () => {
  it.each([
    ['502', 'registry-only-no-virtual-host'],
    ['SSL_ERROR_SYSCALL', 'registry-only-no-listener'],
    ['404 NR', 'connect-no-route'],
    ['wrong version number', 'double-tls'],
    [
      'curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.example.com:443',
      'registry-only-no-listener',
    ],
    ['upstream connect error or disconnect/reset before headers', 'endpoint-refuses'],
    ['Could not resolve host: api.example.com', 'name-not-resolved'],
  ])('%s starts with %s', (asked, reason) => {
    expect(explainSymptom(asked)?.causes[0]?.reason).toBe(reason);
  });
  it('is not guessed', () => {
    expect(explainSymptom('the coffee is cold')).toBeUndefined();
    expect(explainSymptom('  ')).toBeUndefined();
  });
});

describe('a trace in sentences', () => {
  const textOf = (more: string, call: Omit<Call, 'from'>, options: SimulateOptions = {}) => {
    const mesh = meshFromYaml(`${registryOnly}${namespace('shop')}${deployment('web')}
---
${more}`);
    const from = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
    return renderText(explainTrace(simulate(mesh, { from, ...call }, options)));
  };
  const hidden = istio(
    'ServiceEntry',
    'pay',
    'bank',
    '{hosts: [pay.example], exportTo: ["."], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}',
  );
  it('names what nearly takes the call', () => {
    expect(textOf(hidden, { to: 'pay.example', port: 443, protocol: 'https' })).toContain(
      'ServiceEntry bank/pay spec.hosts.0 (mesh.yaml:1) has this host and port, but is not exported to this namespace (pay.example, ports 443/TLS)',
    );
  });
  it('tells every blocker, those behind the first as such', () => {
    const options = { world: { refusingAddresses: ['198.51.100.7'] } };
    const found = textOf(hidden, { to: '198.51.100.7', port: 443, protocol: 'https' }, options);
    expect(found).toMatch(/REGISTRY_ONLY, because of ConfigMap istio-system\/istio/);
    expect(found).toContain('behind it: 198.51.100.7:443 refuses the connection');
  });
  it('tells every way of a call', () => {
    const two = istio(
      'ServiceEntry',
      'pay',
      'shop',
      '{hosts: [pay.example], resolution: STATIC, endpoints: [{address: 198.51.100.7}, {address: 198.51.100.8}], ports: [{number: 80, name: http, protocol: HTTP}]}',
    );
    const options = { world: { refusingAddresses: ['198.51.100.8'] } };
    const found = textOf(two, { to: 'pay.example', port: 80, protocol: 'http' }, options);
    expect(found).toContain(
      '198.51.100.8:80 of outbound|80||pay.example: HTTP 503, answered by the proxy',
    );
  });
});

describe('texts', () => {
  it('exist for every reason code', () => {
    expect(Object.keys(reasonTexts).sort()).toEqual([...reasonCodes].sort());
  });
  it('are rendered as text and markdown', () => {
    const explanation = {
      headline: [
        { kind: 'text', text: 'a*b ' },
        { kind: 'code', text: 'x' },
      ],
      sections: [
        {
          title: 'Why',
          sentences: [[{ kind: 'origin', origin: { kind: 'default', default: 'd' } }]],
        },
      ],
    } as const;
    expect(renderText(explanation)).toBe('a*b x\n\nWhy\n  default d');
    expect(renderMarkdown(explanation)).toBe('a\\*b `x`\n\n### Why\n\n- `default d`');
  });
});
