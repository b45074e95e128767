import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import type { MeshOverview } from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core';
import { type ReactNode, useCallback } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { useAnswer } from '../../hooks/use-answer';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { AnswerBoundary } from '../shared/AnswerBoundary';
import { StaleNotice } from '../shared/StaleNotice';
import { VerdictBadge } from '../shared/VerdictBadge';
import styles from './Overview.module.css';
import { SourceTable } from './SourceTable';

interface Fact {
  readonly id: string;
  readonly name: ReactNode;
  readonly count: number;
}

function FactCard({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {title}
        </Text>
      </CardHeader>
      <CardBody>
        <ul className={styles.facts}>
          {facts.map(({ id, name, count }) => (
            <li key={id} className={styles.fact}>
              <span>{name}</span>
              <span className={styles.number}>{count}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function OverviewCards({ overview }: { readonly overview: MeshOverview }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { access, findings, bySidecar, byOutboundMode, incomplete, sources } = overview;
  const named = (items: MeshOverview['bySidecar']): readonly Fact[] =>
    items.map(({ name, count }) => ({
      id: name,
      name: name === 'none' ? t('mesh.none') : name,
      count,
    }));
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={sources} />
      <div className={styles.grid}>
        <FactCard
          title={t('mesh.access')}
          facts={verdicts.map(verdict => ({
            id: verdict,
            name: <VerdictBadge verdict={verdict} />,
            count: access[verdict],
          }))}
        />
        <FactCard title={t('mesh.byMode')} facts={named(byOutboundMode)} />
        <FactCard title={t('mesh.bySidecar')} facts={named(bySidecar)} />
        <FactCard
          title={t('mesh.findings')}
          facts={(['error', 'warning', 'info'] as const).map(level => ({
            id: level,
            name: t(`findings.${level}`),
            count: findings[level],
          }))}
        />
      </div>
      <Card>
        <CardHeader>
          <Text as="h2" variant="title-x-small" weight="bold">
            {t('mesh.sources')}
          </Text>
        </CardHeader>
        <CardBody>
          <SourceTable sources={sources} />
        </CardBody>
      </Card>
      <FactCard title={t('mesh.incomplete')} facts={named(incomplete)} />
    </Flex>
  );
}

/** Numbers of all meshes: modes, sidecars, verdicts, findings, age and completeness of the input. */
export function Overview() {
  const api = useApi(sidetraceApiRef);
  const ask = useCallback(() => api.meshOverview(), [api]);
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[180, 240]}>
      {overview => <OverviewCards overview={overview} />}
    </AnswerBoundary>
  );
}
