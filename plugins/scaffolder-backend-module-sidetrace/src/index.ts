export { scaffolderModuleSidetrace as default } from './module';
export { createWriteFixAction, type WriteFixOptions } from './write-fix-action';
