// `npm run check`: format, lint, types and dead code beside the tests, whose waits leave room for them. The first of
// them that fails ends the check, and its output is the last thing said.
import { spawn } from 'node:child_process'
import { ensureInstalled, explain, root } from './install.mjs'

const beside = ['format:check', 'lint', 'types', 'dead']

const npmRun = (script, stdio) =>
  spawn('npm', ['run', '--silent', script], { cwd: root, stdio, env: { ...process.env, FORCE_COLOR: '0' } })

const exitOf = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })

/** Its output, or undefined if the script holds. */
const failureOf = async (script) => {
  const child = npmRun(script, ['ignore', 'pipe', 'pipe'])
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  return (await exitOf(child)) === 0 ? undefined : output
}

const main = async () => {
  await ensureInstalled()
  const tests = npmRun('test', 'inherit')
  const end = () => tests.kill('SIGTERM')
  process.once('SIGTERM', end).once('SIGINT', end)
  const tested = exitOf(tests)
  for (const script of beside) {
    const failure = await failureOf(script)
    if (failure === undefined) continue
    end()
    await tested
    process.stdout.write(`\n${failure}\nnpm run ${script} failed\n`)
    return 1
  }
  return tested
}

process.exitCode = await main().catch(explain)
