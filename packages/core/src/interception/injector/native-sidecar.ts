import type { InterceptionInput, NodeVersion } from '../pod/pod-input';
import type { InterceptionVersion } from '../versions';

/** Kubernetes 1.33 made native sidecars stable; older kubelets do not get them by themselves. */
const minimumMinor = 33;

/** hashicorp/go-version's pattern: `v1.33.1-eks-1b3e656` is a version, `dev-build` is none. */
const versionPattern =
  /^v?(\d+(?:\.\d+)*?)(?:-\d+[\dA-Za-z~-]*(?:\.[\dA-Za-z~-]+)*|-?[A-Za-z~-]+[\dA-Za-z~-]*(?:\.[\dA-Za-z~-]+)*)?(?:\+[\dA-Za-z~-]+(?:\.[\dA-Za-z~-]+)*)?$/;

/** What istiod decides without the pod's annotation (`pkg/kube/inject/webhook.go:DetectNativeSidecar`). */
export function nativeByDefault(input: InterceptionInput, version: InterceptionVersion): boolean {
  const setting = input.istiodEnvironment.ENABLE_NATIVE_SIDECARS;
  if (version.nativeSidecarDefault === 'off') return isTrue(setting);
  if (setting !== undefined && setting !== 'auto') return setting === 'true';
  const { nodeName } = input.pod.spec;
  const own = input.nodes.find(node => nodeName !== undefined && node.name === nodeName);
  return own === undefined ? input.nodes.every(supportsNative) : supportsNative(own);
}

function isTrue(setting: string | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(setting ?? '');
}

function supportsNative(node: NodeVersion): boolean {
  const segments = versionPattern.exec(node.kubeletVersion)?.[1]?.split('.');
  return segments !== undefined && Number(segments[1] ?? 0) >= minimumMinor;
}

/** The annotation in the template: any word but `false` turns native on and an empty text is as if absent; before 1.27 only `true` does. */
export function isNative(
  annotation: string | undefined,
  byDefault: boolean,
  version: InterceptionVersion,
): boolean {
  if (annotation === undefined) return byDefault;
  if (version.nativeAnnotation === 'only-true') return annotation === 'true';
  return annotation === '' ? byDefault : annotation !== 'false';
}
