/** The release whose answers the records hold. */
export const newestVersion = '1.32';
/** Releases that are recorded, newest first. */
export const istioVersions = [newestVersion, '1.30', '1.26'] as const;

/** Suites that were not recorded for every release; the kernel is not part of a release. */
const recordedFor = new Map<string, readonly string[]>([
  ['kernel', [newestVersion]],
  ['e2e', [newestVersion]],
  ['analyzers', [newestVersion, '1.30']],
]);

export const recordedVersions = (suite: string): readonly string[] =>
  recordedFor.get(suite) ?? istioVersions;
