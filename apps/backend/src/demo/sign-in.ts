import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { type DemoPerson, defaultPerson, demoPeople } from './people';
import { personOf } from './person-cookie';

/** The person that a request wants to be; throws for one that the demo does not have. */
export function chosenPerson(cookie: string | undefined): DemoPerson {
  const name = personOf(cookie) ?? defaultPerson;
  const person = demoPeople.get(name);
  if (person === undefined) throw new NotAllowedError(`the demo has no person \`${name}\``);
  return person;
}

/** The guest sign-in of the demo: like Backstage's own, only for development, and as one of several people. */
export const demoSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-sign-in',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint, logger: coreServices.logger },
      async init({ providers, logger }) {
        if (process.env.NODE_ENV === 'production') {
          logger.warn('the sign-in of the demo is for development: nobody can sign in');
          return;
        }
        const authenticator = createProxyAuthenticator({
          defaultProfileTransform: async ({ person }: { readonly person: DemoPerson }) => ({
            profile: { displayName: person.userRef },
          }),
          initialize: () => undefined,
          authenticate: async ({ req }) => ({
            result: { person: chosenPerson(req.headers.cookie) },
          }),
        });
        const factory = createProxyAuthProviderFactory({
          authenticator,
          signInResolver: async ({ result: { person } }, context) =>
            context.issueToken({
              claims: { sub: person.userRef, ent: [person.userRef, ...person.groupRefs] },
            }),
        });
        providers.registerProvider({ providerId: 'guest', factory });
      },
    });
  },
});
