import type { InterceptionVersion } from '../versions';
import { checkValue } from './check-value';
import {
  type EnvironmentOptionName,
  environmentOptions,
  type OptionName,
  optionSpecs,
  type Setting,
} from './option';

/** Variables of a process. */
export type Environment = ReadonlyMap<string, Setting>;

/**
 * The options that the environment sets (pkg/flag/flag.go: BindEnv, AdditionalEnv): a value that the flag's type does not
 * take is ignored; of two names of one option the second wins; an empty text counts as set.
 */
export function readEnvironment(
  environment: Environment,
  version: InterceptionVersion,
): Map<OptionName | EnvironmentOptionName, Setting> {
  const settings = new Map<OptionName | EnvironmentOptionName, Setting>();
  for (const option of optionSpecs) {
    if (version.unknownFlags.has(option.name)) continue;
    for (const variable of option.variables) {
      const given = environment.get(variable);
      if (given === undefined) continue;
      const checked = checkValue(option, given.value);
      if (checked.kind === 'value') {
        settings.set(option.name, { value: checked.value, origin: given.origin });
      }
    }
  }
  for (const name of Object.keys(environmentOptions) as EnvironmentOptionName[]) {
    const given = environment.get(name);
    if (given !== undefined) settings.set(name, given);
  }
  return settings;
}
