import { describe, expect, it } from 'vitest';
import type { AdmissionPod } from './admission-pod';
import { decideInjection } from './decide-injection';
import { decideWithoutNamespace } from './decide-without-namespace';
import type { InjectionSetup, InjectorConfig } from './injector';
import { standardWebhooks } from './standard-webhooks';
import { injectionVersion } from './versions';

type Labels = Readonly<Record<string, string>>;

interface Case {
  readonly namespace?: Labels;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly hostNetwork?: boolean;
  readonly name?: string;
  readonly config?: Partial<InjectorConfig>;
  readonly auto?: boolean;
  readonly istio?: string;
}

const enabled = { 'istio-injection': 'enabled' };
const inject = 'sidecar.istio.io/inject';
const option = (name: string) => ({ kind: 'option', option: name }) as const;

function setup({ config, auto = false }: Case): InjectionSetup {
  const revisions = ['', 'canary'];
  return {
    webhooks: revisions.flatMap(revision =>
      standardWebhooks({
        revision,
        revisionTags: [],
        enableNamespacesByDefault: auto,
        releaseNamespace: 'istio-system',
      }),
    ),
    injectors: revisions.map(revision => ({
      service: revision === '' ? 'istiod' : `istiod-${revision}`,
      revision: revision || 'default',
      config: { policy: 'enabled', neverInjectSelector: [], alwaysInjectSelector: [], ...config },
      origin: option,
    })),
  };
}

function podOf({
  labels = {},
  annotations = {},
  hostNetwork = false,
  name = 'shop',
}: Case): AdmissionPod {
  return { namespace: name, labels, annotations, hostNetwork, origin: option };
}

function decide(given: Case) {
  const { namespace = {}, name = 'shop', istio = '1.32' } = given;
  return decideInjection(
    podOf(given),
    { name, labels: namespace, origin: option },
    setup(given),
    injectionVersion(istio),
  );
}

describe('injection', () => {
  it.each<[string, Case, boolean, string]>([
    ['nothing is labelled', {}, false, 'no-webhook-match'],
    ['the namespace is enabled', { namespace: enabled }, true, 'policy-enabled'],
    [
      'in another spelling',
      { namespace: { 'istio-injection': 'Enabled' } },
      false,
      'no-webhook-match',
    ],
    ['the pod asks for it', { labels: { [inject]: 'true' } }, true, 'inject-label-true'],
    ['only an annotation asks', { annotations: { [inject]: 'true' } }, false, 'no-webhook-match'],
    [
      'the pod refuses by label',
      { namespace: enabled, labels: { [inject]: 'false' } },
      false,
      'no-webhook-match',
    ],
    [
      'by annotation',
      { namespace: enabled, annotations: { [inject]: 'false' } },
      false,
      'inject-annotation-false',
    ],
    [
      'an odd label hides the annotation',
      { namespace: enabled, labels: { [inject]: 'no' }, annotations: { [inject]: 'false' } },
      true,
      'policy-enabled',
    ],
    ['the host network', { namespace: enabled, hostNetwork: true }, false, 'host-network'],
    ['a system namespace', { namespace: enabled, name: 'kube-system' }, false, 'ignored-namespace'],
    [
      'the namespace asks for a revision',
      { namespace: { 'istio.io/rev': 'canary' } },
      true,
      'policy-enabled',
    ],
    [
      'for one that is not there',
      { namespace: { 'istio.io/rev': 'old' } },
      false,
      'no-webhook-match',
    ],
    [
      'istio-injection switches revisions off',
      { namespace: { 'istio.io/rev': 'canary', 'istio-injection': 'disabled' } },
      false,
      'no-webhook-match',
    ],
    [
      'the pod asks for a revision',
      { labels: { 'istio.io/rev': 'canary' } },
      true,
      'policy-enabled',
    ],
    ['namespaces are on by default', { auto: true }, true, 'policy-enabled'],
    ['not the system ones', { auto: true, name: 'kube-public' }, false, 'no-webhook-match'],
    [
      'an unknown policy',
      { namespace: enabled, config: { policy: 'on' } },
      false,
      'policy-illegal',
    ],
    [
      'a policy of disabled',
      { namespace: enabled, config: { policy: 'disabled' } },
      false,
      'policy-disabled',
    ],
  ])('%s', (_, given, injected, reason) => {
    expect(decide(given)).toMatchObject({ injected, reason });
  });

  it('never goes before always; empty and invalid selectors are skipped', () => {
    const app = { matchLabels: { app: 'a' } };
    const labels = { app: 'a' };
    const both = { neverInjectSelector: [app], alwaysInjectSelector: [app] };
    expect(decide({ namespace: enabled, labels, config: both }).reason).toBe(
      'never-inject-selector',
    );
    const odd = {
      policy: 'disabled',
      neverInjectSelector: [{}, { matchExpressions: [{ key: 'app', operator: 'Is' }] }],
      alwaysInjectSelector: [app],
    };
    expect(decide({ namespace: enabled, labels, config: odd }).reason).toBe(
      'always-inject-selector',
    );
  });

  it('1.26 reads yes and no words', () => {
    const given = { namespace: enabled, istio: '1.26' };
    expect(decide({ ...given, labels: { [inject]: 'Yes' } }).reason).toBe('inject-label-true');
    expect(decide({ ...given, labels: { [inject]: 'no' } }).reason).toBe('inject-label-false');
  });

  it('names what kept the webhooks away', () => {
    const given = { namespace: { 'istio-injection': 'disabled' }, labels: { [inject]: 'true' } };
    expect(decide(given).origin).toEqual(option('istio-injection'));
  });
});

describe('a pod whose namespace nobody showed', () => {
  const answer = (given: Case, injectDefault?: boolean) =>
    decideWithoutNamespace(podOf(given), setup(given), injectionVersion('1.32'), injectDefault);

  it('is not known without a word of the caller', () => {
    expect(answer({})).toMatchObject({ missing: 'namespace' });
  });
  it('follows the caller, as an assumption', () => {
    expect(answer({}, true)).toMatchObject({
      injected: true,
      assumption: { code: 'namespace-labels-assumed' },
    });
    expect(answer({}, false)).toMatchObject({ injected: false });
  });
  it.each<[string, Case]>([
    ['the host network', { hostNetwork: true }],
    ['a refusing label', { labels: { [inject]: 'false' } }],
    ['a system namespace', { name: 'kube-system' }],
  ])('is known with %s', (_, given) => {
    const decision = answer(given);
    expect(decision.injected).toBe(false);
    expect(decision.missing).toBeUndefined();
  });
});
