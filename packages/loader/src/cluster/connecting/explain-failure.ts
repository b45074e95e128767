import { ClusterError } from '../cluster-error';
import type { ApiFailure } from '../request';

/** A failure that concerns the whole cluster, in words for people; undefined when it concerns one request only. */
export function explainFailure(failure: ApiFailure, server: string): ClusterError | undefined {
  const { kind, status, message } = failure;
  if (kind === 'no-connection') {
    return new ClusterError(
      'unreachable',
      `${server} cannot be reached: ${message}`,
      'check the address, the network and whether the cluster runs',
    );
  }
  if (kind === 'certificate') {
    return new ClusterError(
      'unreachable',
      `the certificate of ${server} is not trusted: ${message}`,
      'name the authority that signed it in the kubeconfig',
    );
  }
  if (kind === 'credentials') {
    return new ClusterError(
      'unauthorized',
      `no credentials could be made for ${server}: ${message}`,
      'run the sign-in program of the kubeconfig by hand, or `kubectl get ns`, to see more',
    );
  }
  if (status === 401) {
    return new ClusterError(
      'unauthorized',
      `${server} does not accept the credentials`,
      'sign in again; a token may have run out',
    );
  }
  return undefined;
}
