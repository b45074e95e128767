import { beforeAll, describe, expect, it } from 'vitest';
import { measure, obstacle } from './bed';
import { type Measured, modelOf, predict } from './predict';
import { type BedRuleset, randomJob } from './random-job';
import { randomSource } from './random-source';

const rulesetCount = 66;
const packetCount = 17;

type Results = readonly (readonly Measured[])[];

const asText = ({ hooks, error }: Measured) =>
  JSON.stringify({
    error,
    hooks: hooks.map(({ hook, device, nat, src, dst, dport, mark, end, rules }) => ({
      ...{ hook, device, nat, src, dst, dport, mark },
      end: { dst: end.dst, dport: end.dport, mark: end.mark },
      rules,
    })),
  });

/** Packets on which the kernel and the machine disagree. */
function differences(
  rulesets: readonly BedRuleset[],
  measured: Results,
  models = rulesets.map(modelOf),
) {
  return rulesets.flatMap(({ flags, packets }, i) => {
    const model = models[i];
    if (model === undefined) throw new Error('a rule set has no model');
    return packets.flatMap((packet, j) => {
      const kernel = measured[i]?.[j];
      const machine = predict(model, packet);
      return kernel !== undefined && asText(kernel) === asText(machine)
        ? []
        : [{ flags, packet, kernel, machine }];
    });
  });
}

const isSentToEnvoy = ({ hooks }: Measured) =>
  hooks.some(
    ({ hook, end }) => hook === 'OUTPUT' && end.dst === '127.0.0.1' && end.dport === 15001,
  );

/** In the first rule set whose redirect a packet met, that one rule leads to another port than it should. */
function plantError(rulesets: readonly BedRuleset[], measured: Results) {
  const chosen = rulesets.findIndex(
    ({ v4 }, i) => v4 !== null && measured[i]?.some(isSentToEnvoy) === true,
  );
  return rulesets.map((item, i) =>
    modelOf(
      i === chosen && item.v4 !== null
        ? { ...item, v4: item.v4.replace(/(--to-ports?) 15001/, '$1 15002') }
        : item,
    ),
  );
}

const reason = obstacle();
const seed = Number(process.env.LIVE_KERNEL_SEED ?? 20_261_124);
const skipped = reason === undefined ? '' : `: skipped, ${reason}`;

describe.skipIf(reason !== undefined)(
  `the machine against the real kernel (seed ${seed})${skipped}`,
  () => {
    const rulesets = randomJob(randomSource(seed), rulesetCount, packetCount);
    let measured: Results = [];
    beforeAll(() => {
      measured = measure(rulesets);
    }, 120_000);

    it(`agrees on every hook, rule, header and mark of ${rulesetCount * packetCount} random packets under ${rulesetCount} random rule sets`, () => {
      expect(differences(rulesets, measured).slice(0, 3)).toEqual([]);
    });

    it('finds one rule that was changed', () => {
      expect(
        differences(rulesets, measured, plantError(rulesets, measured)).length,
      ).toBeGreaterThan(0);
    });
  },
);
