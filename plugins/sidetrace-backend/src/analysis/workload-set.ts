/** A set of workloads by their position in a mesh: one bit each. */
export type WorkloadSet = Uint32Array;

export function workloadSet(size: number, members: Iterable<number>): WorkloadSet {
  const set = new Uint32Array(Math.ceil(size / 32));
  for (const index of members) {
    const word = index >>> 5;
    set[word] = (set[word] ?? 0) | (1 << (index & 31));
  }
  return set;
}

export const hasWorkload = (set: WorkloadSet, index: number): boolean =>
  ((set[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;

/** Members in rising order. */
export function membersOf(set: WorkloadSet): readonly number[] {
  const members: number[] = [];
  for (let word = 0; word < set.length; word += 1) {
    let bits = set[word] ?? 0;
    while (bits !== 0) {
      const lowest = bits & -bits;
      members.push(word * 32 + (31 - Math.clz32(lowest)));
      bits ^= lowest;
    }
  }
  return members;
}

export function intersection(a: WorkloadSet, b: WorkloadSet): WorkloadSet {
  return a.map((word, index) => word & (b[index] ?? 0));
}

export function countOf(set: WorkloadSet): number {
  let count = 0;
  for (let bits of set) {
    for (; bits !== 0; bits &= bits - 1) count += 1;
  }
  return count;
}

/** As text, for JSON. */
export function encodeSet(set: WorkloadSet): string {
  const bytes = Buffer.alloc(set.length * 4);
  set.forEach((word, index) => {
    bytes.writeUInt32LE(word, index * 4);
  });
  return bytes.toString('base64');
}

export function decodeSet(text: string): WorkloadSet {
  const bytes = Buffer.from(text, 'base64');
  const set = new Uint32Array(bytes.length / 4);
  for (let index = 0; index < set.length; index += 1) set[index] = bytes.readUInt32LE(index * 4);
  return set;
}
