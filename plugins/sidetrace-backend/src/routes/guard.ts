import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  type AuthorizePermissionRequest,
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';

/** A permission, with the resource that it is asked for where it is about one. */
export type Asked = BasicPermission | AuthorizePermissionRequest;

const requestOf = (asked: Asked): AuthorizePermissionRequest =>
  'permission' in asked ? asked : { permission: asked };

/**
 * Asks whether a caller may. Whatever is not allowed in so many words is denied. Conditions about a resource are
 * evaluated by the permission backend, which asks the plugin that knows the resource: the catalog for entities.
 */
export class Guard {
  constructor(
    private readonly httpAuth: HttpAuthService,
    private readonly permissions: PermissionsService,
  ) {}

  async allows(credentials: BackstageCredentials, asked: Asked): Promise<boolean> {
    const [decision] = await this.permissions.authorize([requestOf(asked)], { credentials });
    return decision?.result === AuthorizeResult.ALLOW;
  }

  /** All of these permissions; throws with the name of the first that is missing. */
  async check(credentials: BackstageCredentials, ...asked: readonly Asked[]): Promise<void> {
    const requests = asked.map(requestOf);
    const decisions = await this.permissions.authorize(requests, { credentials });
    requests.forEach(({ permission, resourceRef }, at) => {
      if (decisions[at]?.result === AuthorizeResult.ALLOW) return;
      const of = resourceRef === undefined ? '' : ` on ${resourceRef}`;
      throw new NotAllowedError(`the permission ${permission.name} is needed for this${of}`);
    });
  }

  /** The caller of a request, who has all of these permissions. */
  async caller(request: Request, ...asked: readonly Asked[]): Promise<BackstageCredentials> {
    const credentials = await this.httpAuth.credentials(request);
    await this.check(credentials, ...asked);
    return credentials;
  }
}
