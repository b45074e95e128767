import type { InterceptionResult } from './compile-interception';

/**
 * What a container meets when it starts. `before-rules`: nothing is captured yet. `rules-only`: captured, and no proxy is
 * there: connections are refused. `proxied`: rules and proxy are in place (a classic proxy may still be starting).
 * `no-rules`: nothing is ever captured.
 */
export type StartPhase = 'before-rules' | 'rules-only' | 'proxied' | 'no-rules';

export interface ContainerStart {
  readonly name: string;
  readonly phase: StartPhase;
}

/**
 * The user's containers in the order in which they start, each with what it meets. istio-init makes rules when its turn
 * comes, the CNI plugin before the first container; a native proxy starts in its place among the init containers.
 */
export function containerStarts(result: InterceptionResult): readonly ContainerStart[] {
  if (result.kind !== 'programmed' && result.kind !== 'not-programmed') return [];
  const { initContainers, containers } = result.pod;
  const programmed = result.kind === 'programmed';
  let rules = programmed && result.mode === 'cni';
  let proxy = false;
  const starts: ContainerStart[] = [];
  for (const { name } of initContainers) {
    if (name === 'istio-init') rules = programmed;
    else if (name === 'istio-proxy') proxy = true;
    else if (name !== 'istio-validation')
      starts.push({ name, phase: phase(programmed, rules, proxy) });
  }
  return [
    ...starts,
    ...containers
      .filter(({ name }) => name !== 'istio-proxy')
      .map(({ name }): ContainerStart => ({ name, phase: programmed ? 'proxied' : 'no-rules' })),
  ];
}

function phase(programmed: boolean, rules: boolean, proxy: boolean): StartPhase {
  if (!programmed) return 'no-rules';
  if (!rules) return 'before-rules';
  return proxy ? 'proxied' : 'rules-only';
}
