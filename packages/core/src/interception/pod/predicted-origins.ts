import { templateFacts } from '../injector/inject-pod';
import type { Argument } from '../options/command-line';
import { initArguments } from '../template/init-arguments';
import type { EnvironmentVariable, InjectedContainer, InjectedPod } from './injected-pod';
import type { InterceptionInput } from './pod-input';

/**
 * A pod from a cluster has its settings as arguments and variables of istio-init. Where the injector would write the same
 * value today, what makes it do so is the cause that a reader wants to see; else the argument itself is.
 */
export function withPredictedOrigins(pod: InjectedPod, input: InterceptionInput): InjectedPod {
  if (!pod.initContainers.some(({ name }) => name === 'istio-init')) return pod;
  const predicted = valuesByFlag(initArguments(input, templateFacts(input, pod), false));
  const explain = (container: InjectedContainer): InjectedContainer =>
    container.name === 'istio-init'
      ? {
          ...container,
          ...(container.args !== undefined && { args: explainWords(container.args, predicted) }),
          ...(container.env !== undefined && { env: explainVariables(container.env, input) }),
        }
      : container;
  return { ...pod, initContainers: pod.initContainers.map(explain) };
}

function valuesByFlag(words: readonly Argument[]): ReadonlyMap<string, Argument> {
  const values = new Map<string, Argument>();
  words.forEach((word, i) => {
    const next = words[i + 1];
    if (/^-[a-z]$/.test(word.text) && next !== undefined) values.set(word.text, next);
  });
  return values;
}

function explainWords(
  words: readonly Argument[],
  predicted: ReadonlyMap<string, Argument>,
): readonly Argument[] {
  return words.map((word, i) => {
    const cause = predicted.get(words[i - 1]?.text ?? '');
    return cause?.text === word.text ? { text: word.text, origin: cause.origin } : word;
  });
}

function explainVariables(
  variables: readonly EnvironmentVariable[],
  { proxySettings }: InterceptionInput,
): readonly EnvironmentVariable[] {
  const { proxyMetadata } = proxySettings.config;
  return variables.map(variable => {
    const { name, value } = variable;
    const same = Object.hasOwn(proxyMetadata, name) && proxyMetadata[name] === value;
    return same ? { name, value, origin: proxySettings.origin(`proxyMetadata.${name}`) } : variable;
  });
}
