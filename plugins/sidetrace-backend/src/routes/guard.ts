import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type BasicPermission } from '@backstage/plugin-permission-common';
import type { Request } from 'express';

/** Asks whether a caller may. Whatever is not allowed in so many words is denied. */
export class Guard {
  constructor(
    private readonly httpAuth: HttpAuthService,
    private readonly permissions: PermissionsService,
  ) {}

  async allows(credentials: BackstageCredentials, permission: BasicPermission): Promise<boolean> {
    const [decision] = await this.permissions.authorize([{ permission }], { credentials });
    return decision?.result === AuthorizeResult.ALLOW;
  }

  /** All of these permissions; throws with the name of the first that is missing. */
  async check(
    credentials: BackstageCredentials,
    ...permissions: readonly BasicPermission[]
  ): Promise<void> {
    const decisions = await this.permissions.authorize(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    permissions.forEach((permission, at) => {
      if (decisions[at]?.result === AuthorizeResult.ALLOW) return;
      throw new NotAllowedError(`the permission ${permission.name} is needed for this`);
    });
  }

  /** The caller of a request, who has all of these permissions. */
  async caller(
    request: Request,
    ...permissions: readonly BasicPermission[]
  ): Promise<BackstageCredentials> {
    const credentials = await this.httpAuth.credentials(request);
    await this.check(credentials, ...permissions);
    return credentials;
  }
}
