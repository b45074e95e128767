import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ButtonIcon, Dialog, DialogBody, DialogHeader, Text, useBreakpoint } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import plugin from './Plugin.module.css';
import styles from './SidePanel.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Details beside a list on a wide screen, in a dialog on a narrow one. It takes the focus when it opens. */
export function SidePanel({ title, onClose, children }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { down } = useBreakpoint();
  const panel = useRef<HTMLElement>(null);
  const narrow = down('lg');
  useEffect(() => panel.current?.focus({ preventScroll: false }), [title, narrow]);
  if (narrow) {
    return (
      <Dialog isOpen onOpenChange={open => !open && onClose()} width="min(720px, 96vw)">
        <DialogHeader>{title}</DialogHeader>
        <DialogBody data-plugin="sidetrace" className={plugin.plugin ?? ''}>
          {children}
        </DialogBody>
      </Dialog>
    );
  }
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={event => event.key === 'Escape' && onClose()}
    >
      <div className={styles.head}>
        <Text as="h2" variant="title-x-small" weight="bold" className={styles.title ?? ''}>
          {title}
        </Text>
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('panel.close')}
          onPress={onClose}
        />
      </div>
      {children}
    </aside>
  );
}
