// Brings node_modules in line with package-lock.json. Runs on the system's Node before anything is installed,
// so it uses Node 20 features only.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundledMain } from './bundle.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const inModules = (...path) => join(root, 'node_modules', ...path)
const neededNode = Number(readFileSync(join(root, '.nvmrc'), 'utf8'))

/**
 * Installs packages if they are missing or differ from the lock file, and generates the Prisma client if missing,
 * and makes the bundle of the sources if they have changed.
 * @returns {Promise<string>} path of the Node binary that runs the product and its tools
 * @throws {SetupError} with a message for the user
 */
export const ensureInstalled = async () => {
  if (!isCurrent()) await install()
  const node = findNode()
  if (!existsSync(join(root, 'src/generated/client.ts'))) await generate(node)
  await Promise.all([existsSync(cluster()) || makeCluster(node), existsSync(bundledMain()) || bundle(node)])
  return node
}

export class SetupError extends Error {}

/** The environment with `node_modules/.bin` first on the PATH, as npm sets it. */
export const toolEnv = () => ({
  ...process.env,
  PATH: [inModules('.bin'), process.env.PATH].join(delimiter),
})

/**
 * npm writes node_modules/.package-lock.json last, so its presence means that the installation finished. Compares
 * contents rather than dates, because a checkout updates every file's date.
 */
const isCurrent = () => {
  if (!existsSync(inModules('.package-lock.json'))) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const found = packagesOf(inModules('.package-lock.json'))
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    // Optional packages for other platforms are not installed.
    return found[path] === undefined ? optional === true : found[path].version === version
  })
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

const install = async () => {
  // Include development packages whatever NODE_ENV is: Node 24 itself is one of them.
  const npm = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']
  const [command, args] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath, ...npm]]
    : ['npm', npm]
  await withOneLine('Installing packages (once, about half a minute)', async () => {
    const { code, output } = await run(command, args)
    if (code === 0) return
    throw new SetupError(
      `${firstLines(output)}\n\nnpm ci failed (exit code ${code}). If this is a network error, check \`npm ping\` and try again.`,
    )
  })
}

/** Returns the `node` package's binary, or the current Node if it is new enough; otherwise throws SetupError. */
const findNode = () => {
  const own = inModules('.bin', 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= neededNode) return process.execPath
  throw new SetupError(
    `Node ${neededNode} is missing: npm did not run the install script of the package "node", which provides it.\n` +
      'Install scripts are blocked by `ignore-scripts` (see `npm config get ignore-scripts`) or by an `allow-scripts` policy.\n' +
      `Either run \`npm ci --ignore-scripts=false\` here, or install Node ${neededNode} on this machine.`,
  )
}

const generate = (node) =>
  withOneLine('Generating the database client', async () => {
    const { code, output } = await run(node, [inModules('prisma/build/index.js'), 'generate'])
    if (code !== 0)
      throw new SetupError(`${firstLines(output)}\n\nprisma generate failed (exit code ${code}).`)
  })

/** See src/storage/cluster.ts. */
const cluster = () => {
  const { version } = packagesOf(join(root, 'package-lock.json'))['node_modules/@electric-sql/pglite']
  const migrations = join(root, 'prisma/migrations')
  const hash = createHash('sha256')
  for (const { name } of readdirSync(migrations, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1)))
    hash.update(`${name}\n${readFileSync(join(migrations, name, 'migration.sql'), 'utf8')}\n`)
  return inModules('.cache/ryadom', `cluster-${version}-${hash.digest('hex').slice(0, 16)}`)
}

/** A failure ends nothing: the first start makes its own, at three times the memory. */
const makeCluster = (node) =>
  withOneLine('Preparing the embedded database', () =>
    run(node, ['--disable-warning=ExperimentalWarning', '--liftoff-only', join(root, 'scripts/cluster.ts')]),
  )

/** A failure ends nothing: the product starts from its sources, half a second later. */
const bundle = (node) => run(node, [join(root, 'scripts/bundle.mjs')])

const withOneLine = async (what, work) => {
  const start = performance.now()
  process.stderr.write(`${what} … `)
  try {
    await work()
    process.stderr.write(`${Math.round((performance.now() - start) / 1000)} s\n`)
  } catch (error) {
    process.stderr.write('failed\n')
    throw error
  }
}

/** @returns {Promise<{ code: number, output: string }>} exit code and captured output, which is shown only on failure */
const run = (command, args) =>
  new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { cwd: root, env: toolEnv(), stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })

/** Cuts npm's output: the reason comes first, followed by pages of options. */
const firstLines = (text) => text.trim().split('\n').slice(0, 15).join('\n')

/** Prints a fatal error and exits with 1: a SetupError by its message, any other error with its stack. */
export const explain = (error) => {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalled().catch(explain)
