import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Checkbox, Flex, Text, TextField } from '@backstage/ui';

import { buildMesh, type MeshSlice, simulate, type WorkloadRef } from '@sidetrace/core';
import { useMemo, useState } from 'react';
import { useQueryParam } from '../../hooks/use-query-param';
import { callOf } from '../../presenters/call-address';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { TraceDetails } from './TraceDetails';
import styles from './TryCall.module.css';

interface Props {
  readonly slice: MeshSlice;
  readonly workload: WorkloadRef;
}

/** An address bar for calls of this workload: answered as one types, by core in the browser. */
export function TryCall({ slice, workload }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [address, setAddress] = useQueryParam('call');
  const [uid, setUid] = useQueryParam('uid');
  const [ip, setIp] = useQueryParam('ip');
  const [sni, setSni] = useQueryParam('sni');
  const [http2, setHttp2] = useQueryParam('http2');
  const [step, setStep] = useState('');
  const mesh = useMemo(() => buildMesh(slice.resources, slice.options), [slice]);
  const trace = useMemo(() => {
    const call = callOf({ address, uid, ip, sni, http2: http2 !== '' }, workload);
    return call === undefined ? undefined : simulate(mesh, call);
  }, [address, uid, ip, sni, http2, workload, mesh]);
  return (
    <Flex direction="column" gap="4">
      <div className={styles.form}>
        <TextField
          className={styles.address ?? ''}
          label={t('call.address')}
          description={t('call.hint')}
          placeholder="https://api.example.com"
          value={address}
          onChange={setAddress}
        />
        <TextField label={t('call.uid')} inputMode="numeric" value={uid} onChange={setUid} />
        <TextField label={t('call.ip')} value={ip} onChange={setIp} />
        <TextField label={t('call.sni')} value={sni} onChange={setSni} />
        <Checkbox isSelected={http2 !== ''} onChange={on => setHttp2(on ? '1' : '')}>
          {t('call.http2')}
        </Checkbox>
      </div>
      <div aria-live="polite">
        {trace !== undefined ? (
          <TraceDetails
            trace={trace}
            name={t('path.drawing', { title: address, answer: trace.symptom.summary })}
            step={step}
            onStep={setStep}
          />
        ) : address === '' ? null : (
          <Text color="secondary">{t('call.wrongAddress')}</Text>
        )}
      </div>
    </Flex>
  );
}
