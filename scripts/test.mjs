// `npm test`: installs missing packages, runs every test that this machine can run, and reports the ones it cannot.
// With CI=true, tests that cannot run count as failures. The last line is always «N passed, N failed».
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root } from './install.mjs'
import { findServices } from './services.mjs'

const strict = process.env.CI === 'true'
const filters = process.argv.slice(2)

const main = async () => {
  const node = await ensureInstalled()
  const services = await findServices(process.env)
  const missing = Object.values(services).filter(({ value }) => value === undefined)
  const folder = mkdtempSync(join(tmpdir(), 'ryadom-test-'))
  try {
    const report = join(folder, 'report.json')
    const code = await runVitest(node, services, report)
    const result = count(report, code)
    const skips = [
      ...missing.map(({ name, why, loses }) => `${name}: ${why}; left out: ${loses}`),
      ...result.skipped,
    ]
    if (skips.length > 0) tell('Could not run:', skips)
    const failed = result.failed + (strict ? skips.length : 0)
    if (strict && skips.length > 0) tell('CI=true: each of these counts as a failure.', [])
    process.stdout.write(`\n${result.passed} passed, ${failed} failed\n`)
    process.exitCode = failed === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const runVitest = (node, { postgres, redis, chromium }, report) => {
  const without = [
    // Tests on a PostgreSQL server keep sessions in Redis, as in production.
    ...(postgres.value && redis.value ? [] : ['--project=!postgres']),
    ...(postgres.value ? [] : ['--exclude=test/image.test.ts']),
    ...(chromium.value ? [] : ['--project=!browser', '--exclude=test/browser/**']),
  ]
  const args = ['run', ...without, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const found = [postgres, redis, chromium].map(({ variable, value }) => [variable, value ?? ''])
  return runChild(node, {
    args: [join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...filters],
    // An empty variable means that the service is not available.
    env: { NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...Object.fromEntries(found) },
  })
}

/** Counts results. A file that fails to load, and a run that fails outside any test, count as one failure each. */
const count = (report, code) => {
  if (!existsSync(report)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: [] }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed),
  )
  const failed = numFailedTests + broken.length
  const skipped = filters.length > 0 ? [] : leftOut(testResults)
  return { passed: numPassedTests, failed: Math.max(failed, code === 0 ? 0 : 1), skipped }
}

/**
 * Lists, by file, tests that ran on neither database: a test for one kind of database is skipped on the other. Not
 * used with a filter (`npm test -- -t consent`), which skips tests on purpose.
 */
const leftOut = (testResults) => {
  const ran = new Map()
  for (const { name: file, assertionResults } of testResults) {
    const tests = ran.get(file) ?? new Map()
    ran.set(file, tests)
    for (const { fullName, status } of assertionResults) {
      tests.set(fullName, tests.get(fullName) || ['passed', 'failed'].includes(status))
    }
  }
  return [...ran].flatMap(([file, tests]) => {
    const names = [...tests].filter(([, done]) => !done).map(([name]) => name)
    return names.length > 0
      ? [`${file.replace(root, '')}: left out by the file itself: ${names.join('; ')}`]
      : []
  })
}

const isFailed = ({ status }) => status === 'failed'

const tell = (title, lines) =>
  process.stdout.write(`\n${[title, ...lines.map((line) => `  - ${line}`)].join('\n')}\n`)

await main().catch(explain)
