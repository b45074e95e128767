import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Container } from '@backstage/ui';
import { NavLink, Route, Routes } from 'react-router-dom';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import plugin from '../shared/Plugin.module.css';
import { BypassView } from './bypasses/BypassView';
import { FindingsView } from './findings/FindingsView';
import { HistoryView } from './history/HistoryView';
import styles from './MeshPage.module.css';
import { MatrixView } from './matrix/MatrixView';
import { Overview } from './overview/Overview';
import { MeshWhatIf } from './what-if/MeshWhatIf';

/** The page of the platform team; each sub-page has its own URL. */
export function MeshPage() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const tabs = [
    { path: '.', title: t('mesh.overview') },
    { path: 'matrix', title: t('mesh.matrix') },
    { path: 'findings', title: t('mesh.findings') },
    { path: 'bypasses', title: t('mesh.bypasses') },
    { path: 'what-if', title: t('mesh.whatIf') },
    { path: 'history', title: t('mesh.history') },
  ];
  return (
    <Container className={`${styles.page} ${plugin.plugin}`} data-plugin="sidetrace">
      <nav aria-label={t('mesh.title')}>
        <ul className={styles.tabs}>
          {tabs.map(({ path, title }) => (
            <li key={path}>
              <NavLink to={path} end className={styles.tab ?? ''}>
                {title}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <Routes>
        <Route path="/" element={<Overview />} />
        <Route path="/matrix" element={<MatrixView />} />
        <Route path="/findings" element={<FindingsView />} />
        <Route path="/bypasses" element={<BypassView />} />
        <Route path="/what-if" element={<MeshWhatIf />} />
        <Route path="/history" element={<HistoryView />} />
      </Routes>
    </Container>
  );
}
