import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Link, Text } from '@backstage/ui';
import type { MeshOverview, NamedCount } from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core/access';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { changeKinds } from '../../../presenters/changes-view';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { ChangeKind } from '../../shared/ChangeKind';
import { InputNotice } from '../../shared/InputNotice';
import { Section } from '../../shared/Section';
import { StaleNotice } from '../../shared/StaleNotice';
import { VerdictBadge } from '../../shared/VerdictBadge';
import { type Fact, FactCard } from './FactCard';
import { OpenedHosts } from './OpenedHosts';
import styles from './Overview.module.css';
import { RefreshButton } from './RefreshButton';
import { SourceTable } from './SourceTable';

function useNamed() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (items: readonly NamedCount[]): readonly Fact[] =>
    items.map(({ name, count }) => ({
      id: name,
      name: name === 'none' ? t('mesh.none') : name,
      count,
    }));
}

function Numbers({ overview }: { readonly overview: MeshOverview }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const named = useNamed();
  const { access, findings, waivedFindings, recentChanges } = overview;
  const levels = (['error', 'warning', 'info'] as const).map(level => ({
    id: level,
    name: <Link href={`findings?level=${level}`}>{t(`findings.levels.${level}`)}</Link>,
    count: findings[level],
  }));
  const waived = {
    id: 'waived',
    name: <Link href="findings?state=waived">{t('findings.state.waived')}</Link>,
    count: waivedFindings,
  };
  return (
    <div className={styles.grid}>
      <FactCard
        title={t('mesh.access')}
        empty=""
        facts={verdicts.map(verdict => ({
          id: verdict,
          name: <VerdictBadge verdict={verdict} />,
          count: access[verdict],
        }))}
      />
      <FactCard title={t('mesh.findings')} empty="" facts={[...levels, waived]} />
      <FactCard
        title={t('overview.recentChanges')}
        empty=""
        facts={changeKinds.map(kind => ({
          id: kind,
          name: <ChangeKind kind={kind} />,
          count: recentChanges[kind],
        }))}
      />
      <FactCard
        title={t('mesh.byMode')}
        empty={t('overview.noWorkloads')}
        facts={named(overview.byOutboundMode)}
      />
      <FactCard
        title={t('mesh.bySidecar')}
        empty={t('overview.noWorkloads')}
        facts={named(overview.bySidecar)}
      />
      <FactCard
        title={t('overview.versions')}
        empty={t('overview.noWorkloads')}
        facts={named(overview.byIstioVersion)}
      />
    </div>
  );
}

function Content({
  overview,
  onRefreshed,
}: {
  readonly overview: MeshOverview;
  readonly onRefreshed: () => void;
}) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const named = useNamed();
  const { sources, workloads, bypassing, incomplete, opened } = overview;
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={sources} />
      <Flex gap="4" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text weight="bold">
          {`${t('overview.workloads', { count: workloads })}, `}
          <Link href="bypasses">{t('overview.bypassing', { count: bypassing })}</Link>
        </Text>
        <RefreshButton onDone={onRefreshed} />
      </Flex>
      <InputNotice sources={sources} />
      <Numbers overview={overview} />
      <Section title={t('overview.opened')}>
        <OpenedHosts opened={opened} />
      </Section>
      <Section title={t('mesh.sources')}>
        <SourceTable sources={sources} />
      </Section>
      <FactCard title={t('mesh.incomplete')} empty={t('mesh.complete')} facts={named(incomplete)} />
    </Flex>
  );
}

/** Numbers of all meshes: modes, sidecars, verdicts, findings, what opened lately, age and completeness of the input. */
export function Overview() {
  const api = useApi(sidetraceApiRef);
  const ask = useCallback(() => api.meshOverview(), [api]);
  const asked = useAnswer(ask);
  return (
    <AnswerBoundary asked={asked} skeleton={[32, 560, 240, 480]}>
      {overview => <Content overview={overview} onRefreshed={asked.retry} />}
    </AnswerBoundary>
  );
}
