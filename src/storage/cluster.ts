import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const modules = join(import.meta.dirname, '../../node_modules')

/** Where an installation keeps an empty cluster of its version of PGlite; scripts/install.mjs looks for it, too. */
const readyCluster = async (): Promise<string> => {
  const manifest = await readFile(join(modules, '@electric-sql/pglite/package.json'), 'utf8')
  return join(modules, `.cache/ryadom/cluster-${(JSON.parse(manifest) as { version: string }).version}`)
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
 * Copies the installation's cluster into an empty folder: PGlite needs 500 MiB and most of a first start to make one.
 * Without it nothing happens, and PGlite makes its own.
 */
export const copyCluster = async (dir: string): Promise<void> => {
  const ready = await readyCluster()
  if (!madeIn(dir) && madeIn(ready)) await place(dir, (making) => cp(ready, making, { recursive: true }))
}

/** Has `make` make the installation's cluster, unless it is there. */
export const prepareCluster = async (make: (dir: string) => Promise<void>): Promise<void> => {
  const ready = await readyCluster()
  if (!madeIn(ready)) await place(ready, make)
}
