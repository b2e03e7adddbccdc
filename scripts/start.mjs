// `npm start`: installs what is missing, then runs the product on Node 24 until a signal or its own end.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, explain, root, toolEnv } from './install.mjs'

const parentCheckMs = 200

// Read here for the choice of flags, and by Node 24 for the product: the oldest Node 20 cannot.
const settings = join(root, '.env')
if (existsSync(settings)) process.loadEnvFile?.(settings)

const flags = [
  `--env-file-if-exists=${settings}`,
  // Type stripping and the like announce themselves at every start.
  '--disable-warning=ExperimentalWarning',
  // Without bounds V8 lets garbage grow with the machine's memory: 200 MiB with PostgreSQL become 160.
  '--max-old-space-size=256',
  '--max-semi-space-size=4',
  // The embedded database is 8 MB of WASM. Optimising it takes a second of two processors and 500 MiB more at
  // the peak, to make a query 15 % faster; here it is compiled once and simply.
  ...(process.env.DATABASE_URL ? [] : ['--liftoff-only']),
]

const start = (node) => {
  const child = spawn(node, [...flags, 'src/main.ts', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...toolEnv(), NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node') },
  })
  // A terminal sends Ctrl-C to the whole group: the product already has it, a second one would hurry it.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // The shell between npm and here dies of a signal without passing it on; without this the product would stay.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), parentCheckMs)
  }
  child.on('error', explain)
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

await ensureInstalled().then(start, explain)
