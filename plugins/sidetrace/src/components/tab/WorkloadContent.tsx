import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert, Flex, Select, Text } from '@backstage/ui';
import type { EntityTabAnswer, WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import { buildMesh, type MeshSlice } from '@sidetrace/core';
import { useMemo, useRef, useState } from 'react';
import { useQueryParam } from '../../hooks/use-query-param';
import { callOf, targetOfCall } from '../../presenters/call-address';
import { addEdits } from '../../presenters/what-if/edits';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { WorkloadSummary } from '../card/WorkloadSummary';
import { EntityFindings } from '../findings/EntityFindings';
import { InputNotice } from '../shared/InputNotice';
import { ReadAge } from '../shared/ReadAge';
import { Section } from '../shared/Section';
import { StaleNotice } from '../shared/StaleNotice';
import { EntityWhatIf } from '../what-if/EntityWhatIf';
import { useCallForm } from './CallForm';
import { ExternalAccess } from './ExternalAccess';
import { TrafficPaths } from './TrafficPaths';
import { TryCall } from './TryCall';

export type TabAnswer = Extract<EntityTabAnswer, { kind: 'workload' }>;

interface Props {
  readonly answer: TabAnswer;
  readonly onPick: (workload: string) => void;
}

function WorkloadPicker({ answer, onPick }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { workloads, selected } = answer;
  if (workloads.length < 2) return null;
  return (
    <Select
      label={t('tab.workload')}
      options={workloads.map(({ id, source, ref }) => ({
        value: id,
        label: `${ref.kind} ${ref.namespace}/${ref.name} (${source})`,
      }))}
      value={selected.workload.id}
      onChange={key => key !== null && onPick(String(key))}
    />
  );
}

/** Try a call, what-if and findings: they share the mesh in the browser and the edits. */
function Simulations({ answer, slice }: { readonly answer: TabAnswer; readonly slice: MeshSlice }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { selected, access, findings } = answer;
  const { workload } = selected;
  const [edits, setEdits] = useState<WhatIfEdits>({});
  const whatIf = useRef<HTMLDivElement>(null);
  const form = useCallForm();
  const mesh = useMemo(() => buildMesh(slice.resources, slice.options), [slice]);
  const call = callOf(form, workload.ref);
  const askedKey = call === undefined ? '' : JSON.stringify(targetOfCall(call));
  const asked = useMemo(() => (call === undefined ? [] : [targetOfCall(call)]), [askedKey]);
  const tryFix = (more: WhatIfEdits) => {
    setEdits(before => addEdits(before, more));
    whatIf.current?.scrollIntoView({ block: 'start' });
    whatIf.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <Section title={t('tab.tryCall')}>
        <TryCall mesh={mesh} workload={workload.ref} onTry={tryFix} />
      </Section>
      <section ref={whatIf} tabIndex={-1} aria-label={t('tab.whatIf')}>
        <Section title={t('tab.whatIf')}>
          <EntityWhatIf
            {...{ slice, mesh, workload, asked, edits }}
            rows={access}
            onEdits={setEdits}
          />
        </Section>
      </section>
      <Section title={t('tab.findings')}>
        <EntityFindings findings={findings} onTry={apply => tryFix({ apply })} />
      </Section>
    </>
  );
}

function WithoutSimulations({ answer }: { readonly answer: TabAnswer }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <>
      <Section title={t('tab.tryCall')}>
        <Text>{t('call.noPermission')}</Text>
      </Section>
      <Section title={t('tab.findings')}>
        <EntityFindings findings={answer.findings} />
      </Section>
    </>
  );
}

/** The tab for one workload. */
export function WorkloadContent({ answer, onPick }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [, setCall] = useQueryParam('call');
  const simulations = useRef<HTMLDivElement>(null);
  const { selected, source, paths, access, invalidHosts, undeclared, slice } = answer;
  const { kind, namespace, name } = selected.workload.ref;
  const withoutSidecar = paths.find(path => path.withoutSidecar !== undefined)?.withoutSidecar;
  const tryCall = (address: string) => {
    setCall(address);
    simulations.current?.scrollIntoView({ block: 'start' });
    simulations.current?.focus({ preventScroll: true });
  };
  return (
    <Flex direction="column" gap="5">
      <StaleNotice sources={[source]} />
      <WorkloadPicker answer={answer} onPick={onPick} />
      <Section title={`${kind} ${namespace}/${name}`} actions={<ReadAge sources={[source]} />}>
        <WorkloadSummary card={selected} />
      </Section>
      <InputNotice sources={[source]} />
      {withoutSidecar === undefined ? null : (
        <Alert status="warning" icon title={t('tab.noSidecar')} description={withoutSidecar} />
      )}
      <Section title={t('tab.paths')}>
        <TrafficPaths paths={paths} />
      </Section>
      <Section title={t('tab.access')}>
        <ExternalAccess
          rows={access}
          undeclared={undeclared}
          findings={answer.findings}
          invalidHosts={invalidHosts}
          fileName={`${namespace}-${name}-external-access`}
          onTry={slice === undefined ? undefined : tryCall}
        />
      </Section>
      <section ref={simulations} tabIndex={-1} aria-label={t('tab.simulations')}>
        <Flex direction="column" gap="5">
          {slice === undefined ? (
            <WithoutSimulations answer={answer} />
          ) : (
            <Simulations answer={answer} slice={slice} />
          )}
        </Flex>
      </section>
    </Flex>
  );
}
