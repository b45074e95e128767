export { catalogModuleSidetrace as default } from './module';
