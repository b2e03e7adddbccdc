// All ways to register a page of the console. Each names its roles, and nothing else is served.
export type { Console } from './console.ts'
export { ask, type FormCall, type FormSpec, form, type Wrong } from './form-routes.ts'
export { download, type PageCall, type PageSpec, page } from './page-routes.ts'
