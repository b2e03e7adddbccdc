import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { noon } from '../support/movable-clock.ts'
import { compileCache, embeddedFlags } from '../support/product-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of a sandbox whose demo centre has been opened at noon of a Tuesday. */
    openedSandbox: string
  }
}

const script = new URL('prepare-sandbox.ts', import.meta.url).pathname

/** One sandbox of which each file's app has a copy: laying out a database and a demo centre costs six times a start. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'ryadom-sandbox-'))
  await promisify(execFile)(process.execPath, [...embeddedFlags, script, folder, noon()], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache },
  })
  project.provide('openedSandbox', folder)
  return () => rm(folder, { recursive: true, force: true })
}
