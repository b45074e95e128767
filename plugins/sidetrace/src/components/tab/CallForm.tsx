import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Checkbox, TextField } from '@backstage/ui';
import { useQueryParam } from '../../hooks/use-query-param';
import type { CallForm as CallFormValue } from '../../presenters/call-address';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FilterSelect } from '../shared/FilterSelect';
import styles from './TryCall.module.css';

/** The call as the form says, kept in the URL. */
export function useCallForm(): CallFormValue {
  const [address] = useQueryParam('call');
  const [container] = useQueryParam('container');
  const [uid] = useQueryParam('uid');
  const [ip] = useQueryParam('ip');
  const [sni] = useQueryParam('sni');
  const [http2] = useQueryParam('http2');
  return { address, container, uid, ip, sni, http2: http2 !== '' };
}

/** An address bar, and what else a call may say: which process makes it, what the name resolves to, TLS and HTTP. */
export function CallForm({ containers }: { readonly containers: readonly string[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [address, setAddress] = useQueryParam('call');
  const [container, setContainer] = useQueryParam('container');
  const [uid, setUid] = useQueryParam('uid');
  const [ip, setIp] = useQueryParam('ip');
  const [sni, setSni] = useQueryParam('sni');
  const [http2, setHttp2] = useQueryParam('http2');
  const badUid = uid.trim() !== '' && !/^\d+$/.test(uid.trim());
  return (
    <div className={styles.form}>
      <TextField
        className={styles.address ?? ''}
        label={t('call.address')}
        description={t('call.hint')}
        placeholder="https://api.example.com"
        value={address}
        onChange={setAddress}
      />
      <FilterSelect
        label={t('call.container')}
        all={t('call.firstContainer')}
        options={containers.map(name => ({ value: name, label: name }))}
        value={container}
        onChange={setContainer}
      />
      <TextField
        label={t('call.uid')}
        inputMode="numeric"
        isInvalid={badUid}
        value={uid}
        onChange={setUid}
      />
      <TextField label={t('call.ip')} value={ip} onChange={setIp} />
      <TextField label={t('call.sni')} value={sni} onChange={setSni} />
      <Checkbox isSelected={http2 !== ''} onChange={on => setHttp2(on ? '1' : '')}>
        {t('call.http2')}
      </Checkbox>
    </div>
  );
}
