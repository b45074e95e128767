import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Container } from '@backstage/ui';
import { NavLink, Route, Routes } from 'react-router-dom';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FindingsView } from './FindingsView';
import { MatrixPage } from './MatrixPage';
import styles from './MeshPage.module.css';
import { Overview } from './Overview';

/** The page of the platform team; each sub-page has its own URL. */
export function MeshPage() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const tabs = [
    { path: '.', title: t('mesh.overview') },
    { path: 'matrix', title: t('mesh.matrix') },
    { path: 'findings', title: t('mesh.findings') },
  ];
  return (
    <Container className={styles.page ?? ''} data-plugin="sidetrace">
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
        <Route path="/matrix" element={<MatrixPage />} />
        <Route path="/findings" element={<FindingsView />} />
      </Routes>
    </Container>
  );
}
