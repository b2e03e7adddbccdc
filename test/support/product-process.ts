import { createRequire } from 'node:module'

type Scripts = { productMain: () => string }
const { productMain } = createRequire(import.meta.url)('../../scripts/bundle.mjs') as Scripts

/** As `npm start` starts it: `npm test` makes the bundle, too. */
export const main = productMain()

/** Compiled code that `npm start` keeps, too: a process of the product starts a second sooner with it. */
export const compileCache = new URL('../../node_modules/.cache/node', import.meta.url).pathname

/** What `npm start` and `npm run ryadom` tell Node: the embedded database is 9 MB of WASM, see scripts/start.mjs. */
export const embeddedFlags = ['--disable-warning=ExperimentalWarning', '--liftoff-only']
