export {
  type AdmissionPod,
  admissionPodOfPod,
  admissionPodOfWorkload,
} from './admission-pod';
export {
  type AdmissionNamespace,
  decideInjection,
  type InjectionDecision,
  type WebhookCall,
} from './decide-injection';
export { decideWithoutNamespace } from './decide-without-namespace';
export { ignoredNamespaces } from './inject-required';
export type { InjectionReason } from './injection-reason';
export { injectionSetup, type MeshInjectionSetup } from './injection-setup';
export type { InjectionSetup, InjectionWebhook, Injector, InjectorConfig } from './injector';
export { type CompiledSelector, compileSelector } from './label-selector';
export { member, memberAt } from './member';
export { standardWebhooks, type WebhookValues } from './standard-webhooks';
export { type InjectionVersion, injectionVersion } from './versions';
