// `npm start`: installs missing packages, then runs the product on Node 24 until it exits or gets a signal.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { productMain } from './bundle.mjs'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root } from './install.mjs'

// Loaded here to choose the flags, and by Node 24 for the product: early versions of Node 20 lack loadEnvFile.
const settings = join(root, '.env')
if (existsSync(settings)) process.loadEnvFile?.(settings)

const flags = [
  // Node says at each start that a file is not there.
  ...(existsSync(settings) ? [`--env-file=${settings}`] : []),
  // Type stripping prints a warning at every start.
  '--disable-warning=ExperimentalWarning',
  // Stack frames in the log name the sources and not the bundle.
  '--enable-source-maps',
  // Without limits V8's heap grows with the machine's memory; with them, 200 MiB (on PostgreSQL) become 160.
  '--max-old-space-size=256',
  '--max-semi-space-size=8',
  // A young generation that grows step by step is collected thirty times by a start, which keeps most of what it makes.
  '--min-semi-space-size=8',
  // What a start has left behind is collected once it is over.
  '--expose-gc',
  // The embedded database is 9 MB of WASM. Optimising it costs a second of two CPUs and 500 MiB at the peak, for
  // queries that are 15 % faster; the baseline compiler alone is good enough.
  ...(process.env.DATABASE_URL ? [] : ['--liftoff-only']),
]

// glibc keeps what was freed for as long as it guesses that it is needed again: without a guess, an idle process is
// 28 MiB smaller. Read by the allocator when the process begins, so it cannot be set from inside.
const allocator = { MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2' }

const start = (node) =>
  runChild(node, {
    args: [...flags, productMain(), ...process.argv.slice(2)],
    env: {
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/node'),
      ...allocator,
    },
  })

await ensureInstalled()
  .then(start)
  .then((code) => process.exit(code), explain)
