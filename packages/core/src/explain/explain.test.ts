import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import { reasonCodes, simulate } from '../simulation';
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
  it('names what nearly takes the call', () => {
    const mesh = meshFromYaml(`
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: pay, namespace: bank}
spec: {hosts: [pay.example], exportTo: ["."], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app}]}}`);
    const from = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
    const trace = simulate(mesh, { from, to: 'pay.example', port: 443, protocol: 'https' });
    expect(renderText(explainTrace(trace))).toContain(
      'ServiceEntry bank/pay spec.hosts.0 (mesh.yaml:1) has this host and port, but is not exported to this namespace (pay.example, ports 443/TLS)',
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
