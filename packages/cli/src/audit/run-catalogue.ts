import { audit, rules } from '@sidetrace/core/audit';
import type { Io } from '../io';
import { showProgress } from '../progress';

/** Runs the whole catalogue; on a terminal a bar says how many checks have run. */
export function runCatalogue(input: Parameters<typeof audit>[0], io: Io): ReturnType<typeof audit> {
  const progress = showProgress('checks', io);
  const counted = rules.map((rule, done) => ({
    ...rule,
    check: (context: Parameters<typeof rule.check>[0]) => {
      progress.at(done, rules.length);
      return rule.check(context);
    },
  }));
  try {
    return audit(input, counted);
  } finally {
    progress.end();
  }
}
