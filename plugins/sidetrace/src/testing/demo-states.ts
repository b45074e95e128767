import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { type Behaviour, demoAnswer } from './demo-behaviour';
import { demoSource, demoTabAnswer } from './demo-entity';
import { gatewayMesh } from './gateway-mesh';

/** A state of a view that can be looked at: in the dev app, and in the screenshots. */
export interface DemoState {
  readonly name: string;
  readonly view: 'card' | 'tab' | 'page';
  /** Below the view's own path, with its query. */
  readonly at?: string;
  /** Text that is there when the state is. */
  readonly shows: string;
  readonly behaviour?: Behaviour;
}

const card = '/entities/default/component/web/card';
const tab = '/entities/default/component/web/tab';

const ok = (body: object) => ({ status: 200, body });
const refusal = (status: number, name: string, message: string) => ({
  status,
  body: { error: { name, message }, response: { statusCode: status } },
});

const stale: SourceState = {
  id: 'prod',
  state: 'stale',
  reason: 'the API server refused the connection',
  readAt: '2026-11-24T06:00:00Z',
  workloads: 3,
  issues: [],
  issueCount: 0,
};

const noMatch = {
  kind: 'no-match',
  annotation: 'sidetrace.dev/workload',
  lookedFor: 'a workload web in namespace shop',
  sources: [demoSource],
};
const forbidden = (permission: string) =>
  refusal(403, 'NotAllowedError', `the permission ${permission} is needed for this`);
const storeIsGone = refusal(503, 'ServiceUnavailableError', 'the store cannot be reached');
const nothing = { total: 0, offset: 0, limit: 50 };

/** Every state of the views that the backend's answers decide. */
export const demoStates: readonly DemoState[] = [
  {
    name: 'loading',
    view: 'tab',
    shows: 'Loading',
    behaviour: { [tab]: 'never' },
  },
  { name: 'failed', view: 'tab', shows: 'Try again', behaviour: { [tab]: storeIsGone } },
  {
    name: 'forbidden',
    view: 'page',
    at: '/findings',
    shows: 'You are not allowed to see this',
    behaviour: { '*': forbidden('sidetrace.mesh.read') },
  },
  {
    name: 'no-annotation',
    view: 'tab',
    shows: 'This entity does not say which workload it is',
    behaviour: { [tab]: ok({ kind: 'no-annotation' }) },
  },
  {
    name: 'no-match',
    view: 'tab',
    shows: 'No workload fits the annotation',
    behaviour: { [tab]: ok(noMatch) },
  },
  {
    name: 'stale',
    view: 'page',
    shows: 'Newly opened hosts, last 7 days',
    behaviour: {
      '/mesh/overview': ok({ ...demoAnswer('/mesh/overview'), sources: [stale] }),
    },
  },
  {
    name: 'unread',
    view: 'page',
    shows: 'Source prod has not been read yet',
    behaviour: {
      '/mesh/overview': ok({
        ...demoAnswer('/mesh/overview'),
        sources: [{ ...stale, state: 'unread', reason: undefined, readAt: undefined }],
      }),
    },
  },
  {
    name: 'empty',
    view: 'page',
    at: '/bypasses',
    shows: 'Every call of every workload goes through its sidecar.',
    behaviour: {
      '/mesh/bypasses': ok({
        ...nothing,
        sources: [{ ...demoSource, missing: [] }],
        bypasses: [],
        facets: { reasons: [], namespaces: [], owners: [] },
      }),
    },
  },
  { name: 'partial', view: 'tab', shows: 'Not all input is there' },
  {
    name: 'without-simulate',
    view: 'tab',
    shows: 'You need the permission sidetrace.simulate',
    behaviour: { [tab]: ok({ ...demoAnswer(tab), slice: undefined }) },
  },
  {
    name: 'through-gateway',
    view: 'tab',
    at: '?call=https://api.payments.example',
    shows: 'Gateway',
    behaviour: { [tab]: ok(demoTabAnswer(gatewayMesh())) },
  },
  {
    name: 'card-stale',
    view: 'card',
    shows: 'could not be read; an older snapshot is shown',
    behaviour: { [card]: ok({ ...demoAnswer(card), sources: [stale] }) },
  },
  {
    name: 'card-failed',
    view: 'card',
    shows: 'Try again',
    behaviour: { [card]: storeIsGone },
  },
  {
    name: 'card-forbidden',
    view: 'card',
    shows: 'You are not allowed to see this',
    behaviour: { [card]: forbidden('sidetrace.entity.read') },
  },
];
