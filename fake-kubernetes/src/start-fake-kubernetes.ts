import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createFaults, type Fault } from './faults';
import type { JsonObject } from './json-object';
import { kubeconfigOf } from './kubeconfig';
import { objectsOf, refusalOf } from './manifest';
import { createServedResources } from './resources';
import { handleRequest, type OpenWatch, type SeenRequest, type ServerState } from './server';
import { createObjectStore } from './store';
import { selfSignedCertificate } from './tls';

/** How the server starts. */
export interface FakeKubernetesOptions {
  /** What is in the cluster; a `List` stands for its items. */
  readonly objects: readonly JsonObject[];
  /** Groups that are served though no object is of them, such as `networking.istio.io`; Kubernetes' own always are. */
  readonly installed?: readonly string[];
  /** The bearer token that every request has to carry; none is asked for when not given. */
  readonly token?: string;
  /** HTTPS with a certificate of its own. kubectl sends its token over nothing else. */
  readonly tls?: boolean;
  /** What stands before every path, as behind a proxy that serves several clusters: `/k8s/clusters/c-1`. */
  readonly basePath?: string;
  /** Any free one when not given. */
  readonly port?: number;
  /** What `/version` says; `v1.32.4` when not given. */
  readonly gitVersion?: string;
  /** Whom messages name; a service account when not given. */
  readonly user?: string;
}

/** An object of the server. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** A running server. */
export interface FakeKubernetes {
  readonly url: string;
  /** The certificate's authority, PEM, when the server speaks TLS. */
  readonly authority?: string;
  /** YAML text. */
  kubeconfig(): string;
  /** Adds or changes an object; throws when it has no apiVersion, kind or name. */
  put(object: JsonObject): void;
  /** Removes an object; throws when there is none. */
  remove(ref: ObjectRef): void;
  /** What was asked so far, the oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Begins to fail. A `gone` or a `cut` reaches watches that are open, too. */
  fail(fault: Fault): void;
  /** Ends all faults. */
  calm(): void;
  /** Forgets all earlier versions, as etcd does every five minutes: what continues from them is answered 410. */
  compact(): void;
  /** The resourceVersion of the last write. */
  version(): number;
  /**
   * Puts back the state of an earlier version, as a restored backup of etcd does: versions go on from there, and open
   * watches are cut, because the API server is started anew.
   */
  restore(version: number): void;
  /** Sends a bookmark to each open watch that asked for them, as the API server does about once a minute. */
  bookmark(): void;
  /** Watches that are open. */
  openWatches(): number;
  /** Asks for another token from now on; the old one has run out. */
  renewToken(token: string): void;
  /** Cuts all connections and ends; a second time does nothing. */
  close(): Promise<void>;
}

const defaultUser = 'system:serviceaccount:sidetrace:reader';

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error(`no port: the server listens on ${address}`));
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

function failOpenWatches({ watches, faults }: ServerState): void {
  for (const open of [...watches]) {
    const fault = faults.takeOfStream({ ...open.asked, resumes: true });
    if (fault !== undefined) open.fail(fault);
  }
}

/** Starts a Kubernetes API server on 127.0.0.1 that holds objects in memory, can be read, and fails on demand. */
export async function startFakeKubernetes(options: FakeKubernetesOptions): Promise<FakeKubernetes> {
  let token = options.token;
  const state: ServerState = {
    store: createObjectStore(),
    served: createServedResources(options.installed),
    faults: createFaults(),
    requests: [],
    watches: new Set<OpenWatch>(),
    basePath: options.basePath ?? '',
    user: options.user ?? defaultUser,
    gitVersion: options.gitVersion ?? 'v1.32.4',
    token: () => token,
  };
  const put = (manifest: JsonObject) => {
    const reason = refusalOf(manifest);
    if (reason !== undefined) throw new Error(reason);
    for (const object of objectsOf(manifest)) state.store.put(state.served.learn(object), object);
  };
  options.objects.forEach(put);
  const answer: RequestListener = (request, response) => {
    handleRequest(state, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  };
  const pair = options.tls ? selfSignedCertificate(new Date()) : undefined;
  const authority = pair === undefined ? {} : { authority: pair.certificate };
  const server =
    pair === undefined
      ? createServer(answer)
      : createTlsServer({ cert: pair.certificate, key: pair.key }, answer);
  const port = await listen(server, options.port ?? 0);
  const url = `${pair === undefined ? 'http' : 'https'}://127.0.0.1:${port}${state.basePath}`;

  return {
    url,
    ...authority,
    kubeconfig: () =>
      kubeconfigOf({ server: url, ...(token === undefined ? {} : { token }), ...authority }),
    put,
    remove(ref) {
      const { name, namespace } = ref.metadata;
      const resource = state.served.learn({ ...ref });
      const place = resource.namespaced ? (namespace ?? 'default') : '';
      if (!state.store.remove(resource, place, name)) {
        throw new Error(`there is no ${ref.kind} ${place === '' ? '' : `${place}/`}${name}`);
      }
    },
    requests: state.requests,
    fail(fault) {
      state.faults.add(fault);
      if (fault.kind === 'gone' || fault.kind === 'cut') failOpenWatches(state);
    },
    calm: () => state.faults.calm(),
    compact: () => state.store.compact(),
    version: () => state.store.version(),
    restore(version) {
      for (const open of [...state.watches]) {
        open.stop();
        open.fail({ kind: 'cut', after: 0 });
      }
      state.store.rewind(version);
    },
    bookmark() {
      for (const open of state.watches) open.bookmark();
    },
    openWatches: () => state.watches.size,
    renewToken(next) {
      token = next;
    },
    async close() {
      for (const open of state.watches) open.stop();
      if (server.listening) await close(server);
    },
  };
}
