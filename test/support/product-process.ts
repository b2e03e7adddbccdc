import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

type Scripts = {
  productMain: () => string
  bundledMain: () => string
  bundle: (folder: string, input: string) => Promise<void>
}
const { productMain, bundledMain, bundle } = createRequire(import.meta.url)(
  '../../scripts/bundle.mjs',
) as Scripts

/** As `npm start` starts it: `npm test` makes the bundle, too. */
export const main = productMain()

/** A script of the tests that starts the product in another way, as one file, too: a start from a thousand costs three. */
export const bundledScript = async (script: string): Promise<string> => {
  // Beside the product's own, and made anew with it.
  const folder = join(dirname(bundledMain()), basename(script, '.ts'))
  const made = join(folder, `${basename(script, '.ts')}.js`)
  if (!existsSync(dirname(bundledMain()))) return script
  if (!existsSync(made)) {
    // Made elsewhere, and then renamed: another worker may be making it, too.
    const beside = `${folder}-${randomUUID()}`
    await bundle(beside, script)
    await rename(beside, folder).catch(() => rm(beside, { recursive: true }))
  }
  return existsSync(made) ? made : script
}

/** Compiled code that `npm start` keeps, too: a process of the product starts a second sooner with it. */
export const compileCache = new URL('../../node_modules/.cache/node', import.meta.url).pathname

/** What `npm start` and `npm run ryadom` tell Node: the embedded database is 9 MB of WASM, see scripts/start.mjs. */
export const embeddedFlags = ['--disable-warning=ExperimentalWarning', '--liftoff-only']
