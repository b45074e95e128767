import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  sidetraceEntityReadPermission,
  sidetracePermissions,
  sidetraceSimulatePermission,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { platformGroup } from './people';

/** The platform team sees everything; others see, and simulate, what their own entities do. */
export class DemoPolicy implements PermissionPolicy {
  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    const owned = user?.info.ownershipEntityRefs ?? [];
    const isOurs = sidetracePermissions.some(own => isPermission(permission, own));
    // the rest of the portal is not what the demo is about
    if (!isOurs || owned.includes(platformGroup)) return { result: AuthorizeResult.ALLOW };
    if (isPermission(permission, sidetraceEntityReadPermission)) {
      const isOwner = catalogConditions.isEntityOwner({ claims: owned });
      return createCatalogConditionalDecision(permission, isOwner);
    }
    const simulates = isPermission(permission, sidetraceSimulatePermission);
    return { result: simulates ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}

export const demoPermissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(env) {
    env.registerInit({
      deps: { policies: policyExtensionPoint },
      async init({ policies }) {
        policies.setPolicy(new DemoPolicy());
      },
    });
  },
});
