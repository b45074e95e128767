import { interceptionVersion, runIptables, scriptText } from '@sidetrace/core/testing';
import { judgeScript } from '../judge-script';
import type { Answer, JsonObject, Suite } from '../suite';

interface RulesInput {
  readonly backend: 'iptables' | 'nftables';
  readonly flags: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly interfaceAddresses: readonly string[];
  readonly resolvConf?: { readonly nameservers: readonly string[] };
  readonly dnsServers?: { readonly v4: readonly string[]; readonly v6: readonly string[] };
}

type Run = ReturnType<typeof runIptables>;

const option = (name: string) => ({ kind: 'option', option: name }) as const;

function words({ backend, flags }: RulesInput) {
  const native = backend === 'nftables' && !Object.hasOwn(flags, 'native-nftables');
  const all = native ? { ...flags, 'native-nftables': 'true' } : flags;
  return Object.entries(all).map(([name, value]) => ({
    text: `--${name}=${value}`,
    origin: option(`--${name}`),
  }));
}

function answerOf(run: Run): JsonObject {
  switch (run.kind) {
    case 'error':
      return {
        error: true,
        stage: run.stage,
        code: run.code,
        message: run.message,
        messageContains: run.message,
      };
    case 'skipped':
      return { skipped: true, v4: null, v6: null };
    case 'script': {
      const { script, routing } = run;
      const text =
        script.backend === 'nftables'
          ? { nft: scriptText(script.nft) }
          : {
              v4: scriptText(script.v4),
              v6: script.v6 === undefined ? null : scriptText(script.v6),
            };
      return {
        ...text,
        ...judgeScript(script),
        ...(routing.kind === 'error' && { routesError: routing.message }),
      };
    }
  }
}

export const rules: Suite = {
  name: 'rules',
  open: context => {
    const version = interceptionVersion(context.istio);
    return (input): Answer => {
      const given = (input.input ?? input) as RulesInput;
      const run = runIptables({
        words: words(given),
        environment: new Map(
          Object.entries(given.env).map(([name, value]) => [name, { value, origin: option(name) }]),
        ),
        network: {
          interfaceAddresses: given.interfaceAddresses,
          nameservers: given.dnsServers ?? given.resolvConf?.nameservers ?? [],
        },
        version,
      });
      return { answer: answerOf(run) };
    };
  },
};
