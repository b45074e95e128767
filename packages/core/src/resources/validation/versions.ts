/* What Istio's validator judges differently from version to version (minor numbers of 1.x). */

/** A Sidecar may exclude hosts, `~ns/host` (istio/istio#60581, 1.31). */
export const hasHostExclusions = (minor: number): boolean => minor >= 31;

/** Annotations for objects that istiod makes itself are refused on those of users (istio/istio#55595, 1.27). */
export const refusesInternalAnnotations = (minor: number): boolean => minor >= 27;

/** The newest version that is modelled. */
const newest = 32;

/** `1.30.3` → 30; the newest version when there is none or it cannot be read. */
export function minorOf(version: string | undefined): number {
  const match = /^v?1\.(\d+)/.exec(version ?? '');
  return match === null ? newest : Number(match[1]);
}
