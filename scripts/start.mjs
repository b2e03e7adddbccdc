// `npm start`: installs what is missing, then runs the product on Node 24 until a signal or its own end.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root } from './install.mjs'

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
  // The embedded database is 9 MB of WASM. Optimising it takes a second of two processors and 500 MiB more at
  // the peak, to make a query 15 % faster; here it is compiled once and simply.
  ...(process.env.DATABASE_URL ? [] : ['--liftoff-only']),
]

const start = (node) =>
  runChild(node, {
    args: [...flags, 'src/main.ts', ...process.argv.slice(2)],
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node') },
  })

await ensureInstalled()
  .then(start)
  .then((code) => process.exit(code), explain)
