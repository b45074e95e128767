export { compileProxy } from './compile-proxy';
export { proxyClassKey } from './proxy/proxy-class';
