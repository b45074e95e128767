import { type InterceptionResult, interceptionBy } from '../../interception';
import type { Mesh, Workload } from '../../mesh';
import { annotationPlace } from '../facts/annotation-place';
import type { Rule } from '../rule';

/** Annotations that decide what is captured. */
const decides =
  /^(traffic\.sidecar\.istio\.io\/|sidecar\.istio\.io\/(interceptionMode|inject|capNetBindService)$|status\.sidecar\.istio\.io\/port$|istio\.io\/reroute-virtual-interfaces$|proxy\.istio\.io\/config$)/;

const set = (values: readonly string[]) =>
  [...new Set(values.filter(value => value !== ''))].sort().join(',');

/** What the rules capture, aspect by aspect; how the text orders or repeats it does not count. */
function aspectsOf(result: InterceptionResult): ReadonlyMap<string, string> {
  if (result.kind !== 'programmed') return new Map([['outcome', result.kind]]);
  const { config } = result;
  return new Map([
    ['outcome', result.kind],
    ['outbound ports', `${set(config.outboundPortsInclude)}/${set(config.outboundPortsExclude)}`],
    ['inbound ports', `${config.inboundPortsInclude}/${set(config.inboundPortsExclude)}`],
    ['ranges', JSON.stringify([config.includeRanges, config.excludeRanges])],
    ['interfaces', `${set(config.excludedInterfaces)}/${set(config.virtualInterfaces)}`],
    ['mode', String(config.tproxy)],
    ['owner groups', JSON.stringify(config.ownerGroups)],
    ['DNS', String(config.dns !== undefined)],
    ['invalid packets', String(config.dropInvalid)],
  ]);
}

interface Reading {
  readonly init: InterceptionResult;
  readonly cni: InterceptionResult;
  readonly different: readonly string[];
}

function readingOf(mesh: Mesh, workload: Workload, without?: string): Reading | undefined {
  const maker = without === undefined ? {} : { without };
  const init = interceptionBy(mesh, workload, { by: 'init', ...maker });
  const cni = interceptionBy(mesh, workload, { by: 'cni', ...maker });
  if (init === undefined || cni === undefined) return undefined;
  const [one, other] = [aspectsOf(init), aspectsOf(cni)];
  const names = new Set([...one.keys(), ...other.keys()]);
  return { init, cni, different: [...names].filter(name => one.get(name) !== other.get(name)) };
}

/** How a pod ends that is not programmed the usual way. */
const endings: Readonly<Record<InterceptionResult['kind'], string>> = {
  programmed: 'programs its rules',
  'not-programmed': 'programs nothing',
  failed: 'fails, so that the pod does not start',
  rejected: 'is not reached: the injector rejects the pod',
};

function message(name: string, value: string, { init, cni, different }: Reading): string {
  const head = `\`${name}: ${value}\``;
  return init.kind === cni.kind
    ? `${head}: istio-init and the CNI plugin capture different ${different.join(', ')}`
    : `${head}: istio-init ${endings[init.kind]}, the CNI plugin ${endings[cni.kind]}`;
}

export const podCniInitDifference: Rule = {
  id: 'pod/cni-init-difference',
  level: 'warning',
  title: 'an annotation that istio-init and the CNI plugin read differently',
  why: 'the same manifest captures other traffic, or does not start, in a cluster where the other one makes the rules',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S51', 'S59'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const names = Object.keys(workload.template.annotations).filter(name => decides.test(name));
      const whole = names.length === 0 ? undefined : readingOf(mesh, workload);
      if (whole === undefined || whole.different.length === 0) continue;
      for (const name of names) {
        const without = readingOf(mesh, workload, name);
        const place = annotationPlace(workload, name);
        const own = whole.different.filter(aspect => !without?.different.includes(aspect));
        if (place === undefined || own.length === 0) continue;
        yield {
          ...place.at,
          message: message(name, place.value, { ...whole, different: own }),
          workloads: [workload.ref],
          hosts: ['*'],
        };
      }
    }
  },
};
