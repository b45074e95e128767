import { splitList } from './network-range';

/** Which owner groups' traffic is captured: all but `values`, or only `values` (tools/common/config/types.go). */
export interface OwnerGroups {
  readonly except: boolean;
  readonly values: readonly string[];
}

/** More groups make the rule too long for the tool (tools/common/config/validation.go:maxOwnerGroupsInclude). */
export const maxOwnerGroups = 64;

/** The exclude list counts only while the include list is `*`. */
export function ownerGroups(include: string, exclude: string): OwnerGroups {
  return include === '*'
    ? { except: true, values: splitList(exclude) }
    : { except: false, values: splitList(include) };
}
