import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Card, CardBody, CardFooter, CardHeader, Flex, Text } from '@backstage/ui';
import type { EntityCardAnswer } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { type Answer, useAnswer } from '../../hooks/use-answer';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { AnswerBoundary } from '../shared/AnswerBoundary';
import plugin from '../shared/Plugin.module.css';
import { ReadAge } from '../shared/ReadAge';
import { StaleNotice } from '../shared/StaleNotice';
import { UnboundState } from '../shared/UnboundState';
import styles from './SidetraceCard.module.css';
import { WorkloadSummary } from './WorkloadSummary';

function CardContent({ answer }: { readonly answer: EntityCardAnswer }) {
  if (answer.kind !== 'workloads') return <UnboundState answer={answer} />;
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={answer.sources} />
      {answer.cards.map(card => (
        <WorkloadSummary key={card.workload.id} card={card} named={answer.cards.length > 1} />
      ))}
    </Flex>
  );
}

const sourcesIn = (answer: Answer<EntityCardAnswer>) =>
  answer.kind === 'ready' && answer.value.kind === 'workloads' ? answer.value.sources : [];

/** Card of the entity's overview: is there a sidecar and why, which mode and who decided it, the numbers that matter. */
export function SidetraceCard() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const { entity } = useEntity();
  const entityPath = useRouteRef(entityRouteRef)?.(lowerCase(getCompoundEntityRef(entity)));
  const ask = useCallback(() => api.entityCard(getCompoundEntityRef(entity)), [api, entity]);
  const asked = useAnswer(ask);
  return (
    <Card className={plugin.plugin ?? ''} data-plugin="sidetrace">
      <CardHeader className={styles.header ?? ''}>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('card.title')}
        </Text>
        <ReadAge sources={sourcesIn(asked.answer)} />
      </CardHeader>
      <CardBody>
        <AnswerBoundary asked={asked} skeleton={[24, 24, 24, 24]}>
          {answer => <CardContent answer={answer} />}
        </AnswerBoundary>
      </CardBody>
      <CardFooter>
        <ButtonLink size="small" variant="secondary" href={`${entityPath ?? ''}/sidetrace`}>
          {t('card.details')}
        </ButtonLink>
      </CardFooter>
    </Card>
  );
}

/** The catalog's pages have lower-case kinds and namespaces in their paths. */
function lowerCase({ kind, namespace, name }: { kind: string; namespace: string; name: string }) {
  return { kind: kind.toLowerCase(), namespace: namespace.toLowerCase(), name };
}
