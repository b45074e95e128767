export { compileProxy } from './compile-proxy';
