// Brings node_modules to what package-lock.json says. Runs on the system's Node with nothing installed,
// so it uses only what Node 20 has.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const inModules = (...path) => join(root, 'node_modules', ...path)
const neededNode = Number(readFileSync(join(root, '.nvmrc'), 'utf8'))

/**
 * Installs when packages are missing or are not the lock file's, and makes the Prisma client when it is missing.
 * @returns {Promise<string>} the Node that runs the product and its tools
 * @throws {SetupError} with words for the person who typed the command
 */
export const ensureInstalled = async () => {
  if (!isCurrent()) await install()
  const node = findNode()
  if (!existsSync(join(root, 'src/generated/client.ts'))) await generate(node)
  return node
}

export class SetupError extends Error {}

/** The environment in which tools are found first here, as npm does it. */
export const toolEnv = () => ({
  ...process.env,
  PATH: [inModules('.bin'), process.env.PATH].join(delimiter),
})

/**
 * npm writes node_modules/.package-lock.json last, so its presence means a finished installation. Contents are
 * compared, not dates: a checkout makes every file new.
 */
const isCurrent = () => {
  if (!existsSync(inModules('.package-lock.json'))) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const found = packagesOf(inModules('.package-lock.json'))
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    // What other platforms need is not installed here.
    return found[path] === undefined ? optional === true : found[path].version === version
  })
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

const install = async () => {
  // Development packages too, whatever NODE_ENV says: Node 24 itself is one of them.
  const npm = ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']
  const [command, args] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath, ...npm]]
    : ['npm', npm]
  await withOneLine('Installing packages (once, about half a minute)', async () => {
    const { code, output } = await run(command, args)
    if (code === 0) return
    throw new SetupError(
      `${firstLines(output)}\n\nnpm ci failed (exit code ${code}). If it speaks of the network, check \`npm ping\`; then try again.`,
    )
  })
}

/** The `node` package's Node; failing that, the Node that runs this, if it is new enough. */
const findNode = () => {
  const own = inModules('.bin', 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= neededNode) return process.execPath
  throw new SetupError(
    `Node ${neededNode} is missing: npm did not run the install script of the package "node", which brings it.\n` +
      'Scripts are blocked by `ignore-scripts` (see `npm config get ignore-scripts`) or by a policy on `allow-scripts`.\n' +
      `Either run \`npm ci --ignore-scripts=false\` here, or install Node ${neededNode} on this machine.`,
  )
}

const generate = (node) =>
  withOneLine('Making the database client', async () => {
    const { code, output } = await run(node, [inModules('prisma/build/index.js'), 'generate'])
    if (code !== 0)
      throw new SetupError(`${firstLines(output)}\n\nprisma generate failed (exit code ${code}).`)
  })

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

/** @returns {Promise<{ code: number, output: string }>} what it printed is shown only when it failed */
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

/** The reason comes first; npm goes on with pages of its options. */
const firstLines = (text) => text.trim().split('\n').slice(0, 15).join('\n')

/** For the scripts' last word: a problem of the set-up is explained, anything else is a fault with its stack. */
export const explain = (error) => {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureInstalled().catch(explain)
