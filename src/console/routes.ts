// All ways to register a page of the console. Each names its roles, and nothing else is served.
export type { Console } from './console.ts'
export { ask, form, type Wrong } from './form-routes.ts'
export { download, page } from './page-routes.ts'
