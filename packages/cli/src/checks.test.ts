import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMesh, decodeResources } from '@sidetrace/core';

import { audit, type DeclaredHost, rules } from '@sidetrace/core/audit';
import { locate, readYaml } from '@sidetrace/loader';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../docs/checks');
const page = (name: string) => readFileSync(join(folder, name), 'utf8');
const yamlBlocks = (text: string) =>
  [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(match => match[1] ?? '');
const base = yamlBlocks(page('README.md'))[0] ?? '';
const pageOf = (id: string) => `${id.replace('/', '-')}.md`;

/** Hosts that a workload says it needs, which the catalog would say: `# declared: shop/api HOST PORT PROTOCOL`. */
const declaredHosts = (example: string): readonly DeclaredHost[] =>
  [...example.matchAll(/^# declared: shop\/api (\S+) (\d+) (HTTP|TLS|TCP|UDP)$/gm)].map(
    ([, host = '', port, protocol]) => ({
      workload: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      host,
      port: Number(port),
      protocol: protocol as NonNullable<DeclaredHost['protocol']>,
    }),
  );

/** What the check reports on the example. */
function reported(id: string, example: string) {
  const raw = [
    ...readYaml(base, 'base.yaml').resources,
    ...readYaml(example, 'example.yaml').resources,
  ];
  const decoded = decodeResources(raw);
  const mesh = buildMesh(decoded.resources, {});
  const declared = declaredHosts(example);
  const { findings } = audit({
    mesh,
    issues: decoded.issues,
    ...(declared.length > 0 && { declared }),
  });
  return findings.filter(finding => finding.id === id && finding.source?.file === 'example.yaml');
}

/** Lines of the example on which the check reports something. */
function reportedLines(id: string, example: string): readonly number[] {
  return reported(id, example)
    .map(({ source, path = '' }) => (source === undefined ? 0 : locate(example, source, path).line))
    .sort((a, b) => a - b);
}

const markedLines = (example: string) =>
  example.split('\n').flatMap((line, index) => (line.includes('# finding') ? [index + 1] : []));

/** They say that something has no effect. */
const concernsNobody = new Set(['serviceentry/unused', 'sidecar/selector-matches-nothing']);

describe('the catalogue of checks', () => {
  it('has unique ids, each with a page, and no page without a check', () => {
    const ids = rules.map(rule => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    const pages = readdirSync(folder).filter(name => name !== 'README.md');
    expect(pages.sort()).toEqual(ids.map(pageOf).sort());
  });

  it.each(rules.map(rule => [rule.id, rule] as const))(
    '%s: its page says what the rule says',
    (id, rule) => {
      const text = page(pageOf(id));
      expect(text).toContain(`# \`${id}\`: ${rule.title}`);
      expect(text).toContain(`Level: ${rule.level}.`);
      expect(text.toLowerCase()).toContain(rule.why.toLowerCase());
    },
  );

  it.each(rules.map(rule => rule.id))(
    '%s reports the marked lines of its page and nothing else',
    id => {
      const [positive = '', negative = ''] = yamlBlocks(page(pageOf(id)));
      expect(markedLines(positive).length).toBeGreaterThan(0);
      expect([...new Set(reportedLines(id, positive))]).toEqual(markedLines(positive));
      expect(reportedLines(id, negative)).toEqual([]);
    },
  );

  it.each(rules.map(rule => rule.id).filter(id => !concernsNobody.has(id)))(
    '%s says whose calls and calls to whom it concerns',
    id => {
      const [positive = ''] = yamlBlocks(page(pageOf(id)));
      const found = reported(id, positive);
      expect(found.every(({ hosts }) => hosts.count > 0 && hosts.list.length > 0)).toBe(true);
      // of several objects that want one thing, some may get nobody's calls
      expect(found.some(({ workloads }) => workloads.count > 0 && workloads.list.length > 0)).toBe(
        true,
      );
    },
  );

  it.each(rules.filter(({ inputs }) => inputs.length > 0).map(rule => [rule.id, rule] as const))(
    '%s does not run, and that is said, when its inputs are missing',
    (id, rule) => {
      const mesh = buildMesh(decodeResources([]).resources, {});
      const { findings, skipped } = audit({ mesh }, [rule]);
      expect(findings).toEqual([]);
      expect(skipped).toEqual([{ id, missing: rule.inputs }]);
    },
  );

  it('is listed, with levels and titles, in the README of its pages', () => {
    const rows = rules.map(
      ({ id, level, title }) => `| [\`${id}\`](${pageOf(id)}) | ${level} | ${title} |`,
    );
    const table = page('README.md')
      .split('\n')
      .filter(line => line.startsWith('| ['));
    expect(table).toEqual(rows);
  });

  it.each(rules.map(rule => [rule.id, rule.tags] as const))(
    '%s names scenarios, and of the standards only what is listed',
    (_, tags) => {
      for (const tag of tags)
        expect(tag).toMatch(/^S\d\d$|^(PCI DSS 1\.3\.2|NSA\/CISA|CIS 5\.3\.[12]|ATT&CK M1037)$/);
    },
  );
});
