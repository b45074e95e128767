import type { Workload } from '../../mesh';

/** A container's environment names a forward proxy for HTTPS. */
export interface ForwardProxy {
  readonly workload: Workload;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

const address = /^(?:https?:\/\/)?(?:[^@/]*@)?([^:/]+)(?::(\d{1,5}))?\/?$/;

/** `HTTPS_PROXY` in either spelling, as curl and most clients read it; port 1080 when none is given, as curl. */
export function* forwardProxies(workloads: readonly Workload[]): Iterable<ForwardProxy> {
  for (const workload of workloads) {
    const prefix = workload.resource === undefined ? 'spec' : 'spec.template.spec';
    for (const [i, container] of workload.template.spec.containers.entries()) {
      for (const [j, { name, value = '' }] of (container.env ?? []).entries()) {
        if (name.toLowerCase() !== 'https_proxy') continue;
        const match = address.exec(value);
        if (match?.[1] === undefined) continue;
        const path = `${prefix}.containers.${i}.env.${j}`;
        yield { workload, host: match[1].toLowerCase(), port: Number(match[2] ?? 1080), path };
      }
    }
  }
}
