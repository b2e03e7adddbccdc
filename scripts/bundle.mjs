// One file in place of a thousand: a start reads the product's sources from it (ADR 91). `node scripts/bundle.mjs [FOLDER]`
// makes it, by default where `bundledMain` looks for it. Packages, data files and worker threads stay where they are.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = join(root, 'src')
/** Stays a module of its own, so that what is loaded before it can move it: tests start the product at another hour. */
const clock = join(sources, 'core/clock.ts')

const cache = join(root, 'node_modules/.cache/ryadom')
/** A process that began with an older one reads what it needs late from there. */
const keptMs = 7 * 24 * 60 * 60_000

/** The file for the sources as they are now, whether or not it has been made. */
export const bundledMain = () => join(cache, `bundle-${state()}`, 'main.js')

/** What a process of the product is started with: that file if it is there, and the source if not. */
export const productMain = () => {
  const bundled = bundledMain()
  return existsSync(bundled) ? bundled : join(sources, 'main.ts')
}

/** Dates and sizes of the sources, and the bundler. */
const state = () => {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const name of readdirSync(sources, { recursive: true }).sort()) {
    if (!name.endsWith('.ts')) continue
    const { size, mtimeMs } = statSync(join(sources, name))
    hash.update(`${name} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** `input`: of tests, which start the product in another way. */
export const bundle = async (folder, input = join(sources, 'main.ts')) => {
  const { rolldown } = await import('rolldown')
  const made = await rolldown({
    input,
    platform: 'node',
    cwd: root,
    external: /^[^.#/]/,
    plugins: [clockOutside(folder), placesOfSources(folder)],
  })
  await made.write({
    dir: folder,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    // Stack frames in the log name the sources; their text is not needed for that.
    sourcemap: true,
    sourcemapExcludeSources: true,
  })
  await made.close()
}

const clockOutside = (folder) => ({
  name: 'clock-outside',
  resolveId: {
    filter: { id: /clock\.ts$/ },
    async handler(id, importer, options) {
      const found = await this.resolve(id, importer, { ...options, skipSelf: true })
      return found?.id === clock ? { id: relative(folder, clock), external: true } : found
    },
  },
})

/** Data files are named from the module that reads them: it goes on saying where its source is. */
const placesOfSources = (folder) => ({
  name: 'places-of-sources',
  transform: {
    filter: { code: /import\.meta\.(url|dirname)/ },
    handler: (code, id) => {
      const here = (path) => `new URL(${JSON.stringify(relative(folder, path))}, import.meta.url)`
      return {
        code: code.replaceAll(/import\.meta\.(url|dirname)/g, (_, what) =>
          what === 'url' ? `${here(id)}.href` : `decodeURIComponent(${here(dirname(id))}.pathname)`,
        ),
        map: null,
      }
    },
  },
})

const removeOld = async () => {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name)
    if (!name.startsWith('bundle-') || Date.now() - (await stat(folder)).mtimeMs < keptMs) continue
    await rm(folder, { recursive: true, force: true })
  }
}

/** Made beside where it is wanted, and then renamed: another start may be making it, too. */
const make = async (named) => {
  const wanted = named ? join(process.cwd(), named) : dirname(bundledMain())
  const beside = `${wanted}-${randomUUID()}`
  await bundle(beside)
  await rm(wanted, { recursive: true, force: true })
  await rename(beside, wanted)
  if (!named) await removeOld()
}

// Not awaited: what has to wait could not be required by TypeScript.
if (process.argv[1] === fileURLToPath(import.meta.url)) void make(process.argv[2])
