import { execFile } from 'node:child_process'
import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdir, rename, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Stage, Step } from './dockerfile.ts'

export type Built = {
  stage: Stage
  /** Local path of the stage's `/`. */
  root: string
  /** Local path of the stage's working directory. */
  cwd: string
  /** The environment of a process in the image: Node, npm, the shell, and the stage's own variables. */
  env: Record<string, string>
}

type Context = {
  dir: string
  ignored: (path: string) => boolean
  into: string
  /** What is installed here stands for what `npm ci` would install: it is of the same lock file. */
  linkPackages: boolean
}

/** Executes each stage's COPY and RUN in its own directory; this machine's Node 24 and npm act as the base image. */
export const buildImage = async (stages: Stage[], context: Context): Promise<Built[]> => {
  const built: Built[] = []
  for (const [index, stage] of stages.entries()) {
    const root = join(context.into, stage.name || `stage-${index}`)
    const one = { stage, root, cwd: join(root, stage.workdir), env: { ...machine(), ...stage.env } }
    await mkdir(one.cwd, { recursive: true })
    for (const step of stage.steps)
      await (step.kind === 'run' ? run(one, step, context) : copy(one, step, built, context))
    built.push(one)
  }
  return built
}

const machine = (): Record<string, string> => {
  const kept = Object.entries(process.env).filter(([name]) => /^(HOME|LANG|.*_proxy|.*_CERTS?)$/i.test(name))
  // Only Node's own directory, not `.bin`: the image has none of our tools.
  return {
    ...Object.fromEntries(kept),
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
  } as Record<string, string>
}

const installsTools = 'npm ci --include=dev'
const installsPackages = 'npm ci --omit=dev --omit=optional --legacy-peer-deps --ignore-scripts'

type Locked = Record<string, { dependencies?: Record<string, string> }>

/** Of what is installed here, what the lock file says that production needs: neither optional packages nor peers. */
const linkProduction = (dir: string, cwd: string): void => {
  const { packages } = JSON.parse(readFileSync(join(cwd, 'package-lock.json'), 'utf8')) as {
    packages: Locked
  }
  const needed = new Set<string>([''])
  // A set goes on to what is added meanwhile.
  for (const path of needed)
    for (const name of Object.keys(packages[path]?.dependencies ?? {}))
      needed.add(placeOf(packages, name, path))
  needed.delete('')
  for (const path of needed) linkFolder(join(dir, path), join(cwd, path))
}

/** Where a package finds another one, as Node looks for it: beside itself first, and then further out. */
const placeOf = (packages: Locked, name: string, from: string): string => {
  const inside = join(from, 'node_modules', name)
  if (packages[inside]) return inside
  if (from === '') throw new Error(`the lock file has no ${name}`)
  return placeOf(packages, name, from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''))
}

/** Real folders of linked files: from a link to a folder Node would find its neighbours here, and tools among them. */
const linkFolder = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    // Each package inside has a line of its own.
    if (entry.isDirectory()) entry.name === 'node_modules' || linkFolder(source, target)
    else linkFile(source, target)
  }
}

/** What was linked into two stages is one file, which `cp` refuses to copy over itself. */
const isSame = (file: string, there: string): boolean => {
  const [one, other] = [file, there].map((path) => statSync(path, { throwIfNoEntry: false }))
  return one?.isFile() === true && one.ino === other?.ino && one.dev === other.dev
}

const linkFile = (from: string, to: string): void => {
  try {
    linkSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyFileSync(from, to)
  }
}

const run = async (
  { cwd, env }: Built,
  step: Extract<Step, { kind: 'run' }>,
  { dir, linkPackages }: Context,
) => {
  let { command } = step
  if (linkPackages && command === installsPackages) return linkProduction(dir, cwd)
  if (linkPackages && command === installsTools) {
    await symlink(join(dir, 'node_modules'), join(cwd, 'node_modules'))
    command = 'npm run postinstall'
  }
  await promisify(execFile)('/bin/sh', ['-c', command], { cwd, env, maxBuffer: 64 << 20 })
}

const copy = async (to: Built, step: Extract<Step, { kind: 'copy' }>, built: Built[], context: Context) => {
  const from = step.from === undefined ? undefined : built.find(({ stage }) => stage.name === step.from)
  if (step.from !== undefined && !from) throw new Error(`there is no stage ${step.from}`)
  for (const source of step.sources) {
    const path = join(from?.root ?? context.dir, source)
    // A trailing slash or `./` means «into this directory»; otherwise the target is the new name.
    const into = /(^|\/)\.?\/?$/.test(step.to) ? join(step.to, basename(source)) : step.to
    const target = into.startsWith('/') ? join(to.root, into) : join(to.cwd, into)
    const wanted = (file: string) => from !== undefined || !context.ignored(relative(context.dir, file))
    if (!wanted(path)) throw new Error(`.dockerignore keeps ${source} out`)
    // Nothing copies the packages again: three hundred megabytes are moved at no cost.
    if (from && basename(path) === 'node_modules') await rename(path, target)
    else {
      const filter = (file: string, there: string) => wanted(file) && !isSame(file, there)
      await cp(path, target, { recursive: true, verbatimSymlinks: true, filter })
    }
  }
}
