// `npm start`: installs what is missing, then runs the product on Node 24 until a signal or its own end.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, explain, root, toolEnv } from './install.mjs'

const flags = [
  // Type stripping and the like announce themselves at every start.
  '--disable-warning=ExperimentalWarning',
  // Without a bound V8 lets garbage grow with the machine's memory.
  '--max-old-space-size=192',
  '--max-semi-space-size=4',
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
  child.on('error', explain)
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

await ensureInstalled().then(start, explain)
