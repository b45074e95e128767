import type { Mesh, Workload } from '../../../mesh';
import { type PodStack, podShapeOf, stacksOf } from '../../../simulation';
import type { ClassMember, PodClass } from './pod-class';

/** A pod whose stack is set up only when somebody looks at it; `alike` is a pod of the same shape. */
function lazyMember(
  mesh: Mesh,
  workload: Workload,
  index: number,
  alike: ClassMember,
): ClassMember {
  return {
    get stack() {
      return stacksOf(mesh, workload)[index] ?? alike.stack;
    },
    ofClass: alike.ofClass,
  };
}

/** Finds one pod of each class that a workload has, in the order of its pods; pods of one shape are classified once. */
export function memberFinder(
  mesh: Mesh,
  classOf: (stack: PodStack) => PodClass,
): (workload: Workload) => readonly ClassMember[] {
  const byShape = new Map<string, ClassMember>();
  const memberAt = (workload: Workload, index: number): ClassMember | undefined => {
    const pod = workload.pods[index];
    const shape = pod === undefined ? undefined : podShapeOf(mesh, workload, pod);
    const known = shape === undefined ? undefined : byShape.get(shape);
    if (known !== undefined) return lazyMember(mesh, workload, index, known);
    const stack = stacksOf(mesh, workload)[index];
    if (stack === undefined) return undefined;
    const member = { stack, ofClass: classOf(stack) };
    // what stops a pod may be told in words that name it
    if (shape !== undefined && stack.notRunning === undefined) byShape.set(shape, member);
    return member;
  };
  return workload => {
    const found = new Map<PodClass, ClassMember>();
    const count = workload.pods.length || stacksOf(mesh, workload).length;
    for (let index = 0; index < count; index += 1) {
      const member = memberAt(workload, index);
      if (member !== undefined && !found.has(member.ofClass)) found.set(member.ofClass, member);
    }
    return [...found.values()];
  };
}
