import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type AuthService,
  type BackstageCredentials,
  type DiscoveryService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { fetchWithToken, SidetraceClient } from '@sidetrace/backstage-plugin-sidetrace-common';
import { chooseSuggestion } from './choose-suggestion';

export interface WriteFixOptions {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
}

/** Asks the Sidetrace backend as the person who runs the template. */
function clientFor({ auth, discovery }: WriteFixOptions, onBehalfOf: BackstageCredentials) {
  const token = () => auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'sidetrace' });
  return new SidetraceClient({
    discoveryApi: discovery,
    fetchApi: { fetch: fetchWithToken(token) },
  });
}

/**
 * `sidetrace:fix:write`: writes the manifest that lets an entity reach a host into the workspace, for the step that opens the
 * pull request. The manifest was tried on a copy of the mesh. Fails with an `InputError` when nothing that was tried helps.
 */
export const createWriteFixAction = (options: WriteFixOptions) =>
  createTemplateAction({
    id: 'sidetrace:fix:write',
    description: 'Writes the ServiceEntry (or other manifest) that lets an entity reach a host',
    schema: {
      input: {
        entityRef: z => z.string().describe('The entity that makes the call'),
        workload: z => z.string().optional().describe('One of its workloads; the first if absent'),
        host: z => z.string().min(1).max(253).describe('The host, as the application names it'),
        port: z => z.number().int().min(1).max(65535).default(443),
        protocol: z => z.enum(['http', 'http2', 'https', 'tls', 'tcp']).default('https'),
        targetPath: z => z.string().describe('File in the workspace, such as mesh/stripe.yaml'),
      },
      output: {
        changed: z => z.boolean().describe('False when the call works as it is'),
        manifest: z => z.string().describe('The manifest that was written'),
        title: z => z.string().describe('What the manifest does, for the pull request'),
        before: z => z.string().describe('What the application sees today'),
        after: z => z.string().describe('What it will see'),
      },
    },
    async handler({ input, output, logger, workspacePath, getInitiatorCredentials }) {
      const { entityRef, workload, host, port, protocol, targetPath } = input;
      const file = resolveSafeChildPath(workspacePath, targetPath);
      const client = clientFor(options, await getInitiatorCredentials());
      const answer = await client.suggestFixes(
        parseEntityRef(entityRef, { defaultKind: 'component' }),
        { call: { to: host, port, protocol }, ...(workload !== undefined && { workload }) },
      );
      const before = answer.trace.symptom.summary;
      output('before', before);
      const chosen = chooseSuggestion(answer);
      if (chosen === undefined) {
        if (answer.trace.disposition !== 'delivered') {
          throw new InputError(
            `no manifest was found that lets ${entityRef} reach ${host}:${port}: ${before}`,
          );
        }
        logger.info(`${entityRef} reaches ${host}:${port} as it is: ${before}`);
        output('changed', false);
        return;
      }
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, chosen.yaml);
      logger.info(`${targetPath}: ${chosen.title}`);
      output('changed', true);
      output('manifest', chosen.yaml);
      output('title', chosen.title);
      output('after', chosen.after.symptom.summary);
    },
  });
