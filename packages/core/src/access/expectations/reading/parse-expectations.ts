import type { Issue } from '../../../origin';
import type { Expectation, Expectations } from '../expectations';
import { parseTarget } from './parse-target';
import { expectationsSchema } from './schema';
import { checkSchema } from './validate-schema';

export interface ParsedExpectations {
  /** Absent when the file is not valid. */
  readonly expectations?: Expectations;
  readonly issues: readonly Issue[];
}

const issue = (code: string, message: string, path?: string): Issue => ({
  code,
  severity: 'error',
  message,
  ...(path !== undefined && path !== '' && { path }),
});

function checkTargets(file: Expectations): readonly Issue[] {
  const groups = Object.entries(file.groups).flatMap(([name, targets]) =>
    targets
      .filter(target => parseTarget(target) === undefined)
      .map(target =>
        issue('bad-target', `\`${target}\` is no host[:port][/HTTP|TLS|TCP|UDP]`, `groups.${name}`),
      ),
  );
  const own = file.expectations.flatMap(({ to }, i) => {
    const path = `expectations.${i}.to`;
    if (to === 'any') return [];
    if (to.startsWith('group:')) {
      const name = to.slice('group:'.length);
      return Object.hasOwn(file.groups, name)
        ? []
        : [issue('unknown-group', `there is no group \`${name}\``, path)];
    }
    return parseTarget(to) === undefined
      ? [issue('bad-target', `\`${to}\` is no host[:port][/HTTP|TLS|TCP|UDP]`, path)]
      : [];
  });
  return [...groups, ...own];
}

function checkIds(list: readonly Expectation[]): readonly Issue[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, i) => {
    const repeated = seen.has(id);
    seen.add(id);
    return repeated
      ? [issue('duplicate-id', `\`${id}\` is used twice`, `expectations.${i}.id`)]
      : [];
  });
}

function checkClaims(list: readonly Expectation[]): readonly Issue[] {
  return list.flatMap(({ must, mustNotBe, via }, i) =>
    must === undefined && mustNotBe === undefined && via === undefined
      ? [
          issue(
            'nothing-claimed',
            'says neither `must` nor `mustNotBe` nor `via`',
            `expectations.${i}`,
          ),
        ]
      : [],
  );
}

/** Reads an expectations file strictly: an unknown field is an error. */
export function parseExpectations(value: unknown): ParsedExpectations {
  const errors = checkSchema(expectationsSchema, value);
  if (errors.length > 0) {
    return {
      issues: errors.map(({ path, message }) => issue('invalid-expectations', message, path)),
    };
  }
  const read = value as Partial<Expectations> & Pick<Expectations, 'expectations'>;
  const file: Expectations = {
    apiVersion: 'sidetrace.dev/v1alpha1',
    kind: 'Expectations',
    defaults: { level: 'error', quantifier: 'all', undetermined: 'fail', ...read.defaults },
    groups: read.groups ?? {},
    expectations: read.expectations,
  };
  const issues = [
    ...checkIds(file.expectations),
    ...checkTargets(file),
    ...checkClaims(file.expectations),
  ];
  return issues.length > 0 ? { issues } : { expectations: file, issues };
}
