import type { SecurityContext } from '../../resources';
import { findContainer, type InjectedContainer, type InjectedPod } from '../pod/injected-pod';

/**
 * On OpenShift every container is given a user; a proxy that has the application's would not be exempt from its own rules,
 * so its user and group are dropped (`pkg/kube/inject/webhook.go:isSidecarUserMatchingAppUser`).
 */
export function dropOpenShiftUser(pod: InjectedPod): InjectedPod {
  const proxy = findContainer(pod, 'istio-proxy');
  if (proxy?.securityContext === undefined) return pod;
  const users = [...pod.containers, ...pod.initContainers].flatMap(({ name, securityContext }) =>
    ['istio-proxy', 'istio-init', 'istio-validation'].includes(name) ||
    securityContext?.runAsUser === undefined
      ? []
      : [securityContext.runAsUser],
  );
  if ((proxy.securityContext.runAsUser ?? 0) !== (users.at(-1) ?? 0)) return pod;
  const { runAsUser: _user, runAsGroup: _group, ...securityContext } = proxy.securityContext;
  return replaceContainer(pod, proxy, { ...proxy, securityContext });
}

/**
 * Carries the user of an istio-proxy container that the author wrote over to the container that sets up or checks the rules
 * (`pkg/kube/inject/webhook.go:adjustInitContainerUser`): `-u` becomes that user unless it is 0; with TPROXY the proxy
 * stays root all the same.
 */
export function adjustInitUser(
  final: InjectedPod,
  original: InjectedPod,
  proxyConfigIsTproxy: boolean,
): InjectedPod {
  const user = findContainer(original, 'istio-proxy')?.securityContext;
  if (user === undefined || (user.runAsUser === undefined && user.runAsGroup === undefined)) {
    return final;
  }
  const init = ['istio-init', 'istio-validation']
    .map(name => final.initContainers.find(container => container.name === name))
    .find(container => container !== undefined);
  if (init === undefined) return final;
  const tproxy =
    proxyConfigIsTproxy ||
    final.annotations.get('sidecar.istio.io/interceptionMode')?.value === 'TPROXY';
  const withRoot = tproxy && user.runAsUser !== undefined ? makeProxyRoot(final) : final;
  const security: SecurityContext =
    !tproxy && init.name === 'istio-validation'
      ? { ...init.securityContext, ...ids(user) }
      : (init.securityContext ?? {});
  return replaceContainer(withRoot, init, {
    ...init,
    securityContext: security,
    ...(init.args !== undefined && { args: withUser(init.args, original, user.runAsUser) }),
  });
}

function ids({ runAsUser, runAsGroup }: SecurityContext): SecurityContext {
  return {
    ...(runAsUser !== undefined && { runAsUser }),
    ...(runAsGroup !== undefined && { runAsGroup }),
  };
}

function makeProxyRoot(pod: InjectedPod): InjectedPod {
  const proxy = findContainer(pod, 'istio-proxy');
  if (proxy === undefined) return pod;
  return replaceContainer(pod, proxy, {
    ...proxy,
    securityContext: { ...proxy.securityContext, runAsUser: 0 },
  });
}

type Arguments = NonNullable<InjectedContainer['args']>;

function withUser(args: Arguments, original: InjectedPod, uid: number | undefined): Arguments {
  const at = args.findIndex(argument => argument.text === '-u');
  if (uid === undefined || uid === 0 || at < 0) return args;
  const origin = original.proxyUserOrigin ?? args[at]?.origin;
  return args.map((argument, i) =>
    i === at + 1 ? { text: String(uid), origin: origin ?? argument.origin } : argument,
  );
}

function replaceContainer(
  pod: InjectedPod,
  from: InjectedContainer,
  to: InjectedContainer,
): InjectedPod {
  const replace = (list: readonly InjectedContainer[]) =>
    list.map(container => (container === from ? to : container));
  return {
    ...pod,
    initContainers: replace(pod.initContainers),
    containers: replace(pod.containers),
  };
}
