import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { runInThread } from '#core/in-thread.ts'
import type { Log } from '#core/log.ts'
import { readMigrations } from './schema-engine.ts'

const modules = join(import.meta.dirname, '../../node_modules')
const cache = join(modules, '.cache/ryadom')

/**
 * Where an installation keeps a migrated cluster of its version of PGlite, without a row of anybody; scripts/install.mjs looks
 * for it, too. Named by the migrations, because one that has been edited since would be refused.
 */
const readyCluster = async (): Promise<string> => {
  const manifest = await readFile(join(modules, '@electric-sql/pglite/package.json'), 'utf8')
  const hash = createHash('sha256')
  for (const { name, sql } of await readMigrations()) hash.update(`${name}\n${sql}\n`)
  const { version } = JSON.parse(manifest) as { version: string }
  return join(cache, `cluster-${version}-${hash.digest('hex').slice(0, 16)}`)
}

const madeIn = (dir: string): boolean => existsSync(join(dir, 'PG_VERSION'))

/** Moves what `fill` makes into place at once: half a cluster would be taken for a damaged one. */
const place = async (dir: string, fill: (making: string) => Promise<void>): Promise<void> => {
  const making = `${dir}.${process.pid}`
  await mkdir(dirname(dir), { recursive: true })
  try {
    await fill(making)
    await rename(making, dir)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

/**
 * Copies the installation's cluster into an empty folder: PGlite needs 500 MiB and most of a first start to make one, and the
 * migrations take half of the rest. Without it nothing happens, and PGlite makes its own.
 */
export const copyCluster = async (dir: string): Promise<void> => {
  const ready = await readyCluster()
  if (!madeIn(dir) && madeIn(ready)) await place(dir, (making) => copy(ready, making))
}

const copier = new URL('copy-folder.ts', import.meta.url)

/** In a thread, which lets a start go on loading: 1,700 files take a second of a slow machine. */
const copy = (from: string, to: string): Promise<void> =>
  runInThread(copier, { data: { from, to }, memoryMb: 64, timeoutMs: 60_000 })

const beingMade = new Map<string, Promise<void>>()

/**
 * Makes the folder of an embedded database, accessible to its owner only, with the installation's cluster if it is new. Asked for
 * early, it is made while the rest of the product is loaded: whoever asks again waits for the same.
 */
export const makeFolder = (dir: string, log: Log): Promise<void> => {
  const making = beingMade.get(dir) ?? makeNow(dir, log).finally(() => beingMade.delete(dir))
  beingMade.set(dir, making)
  return making
}

const makeNow = async (dir: string, log: Log): Promise<void> => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  // Where a folder cannot be replaced, as a mounted one, PGlite makes its own cluster.
  await copyCluster(dir).catch((error) => log.debug('database.cluster-not-copied', { error }))
}

/** Has `make` make the installation's cluster, unless it is there; those of other migrations go. */
export const prepareCluster = async (make: (dir: string) => Promise<void>): Promise<void> => {
  const ready = await readyCluster()
  if (madeIn(ready)) return
  await place(ready, make)
  for (const name of await readdir(cache))
    if (/^cluster-[\w.-]+$/.test(name) && name !== basename(ready) && !name.includes(basename(ready)))
      await rm(join(cache, name), { recursive: true, force: true })
}
