// `npm run test:embedded-coverage`: fails where a statement of src/storage that the tests reach on PostgreSQL is not
// reached on PGlite by the part of them that the check runs there (test/support/embedded-set.ts). With `--reports FOLDER`
// the reports stay there, and one that is there already is taken as it is: after a change of the set, PGlite’s alone is made anew.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root } from './install.mjs'

/** Of a server only, whole or by declaration: what PGlite, which is in the process, cannot reach, and why. */
const serverOnly = {
  // The server itself: its pool, Prisma and statements on it, the lock that instances share.
  'src/storage/postgres.ts': 'whole',
  'src/storage/leader-lock.ts': 'whole',
  'src/storage/pg-adapter.ts': 'whole',
  'src/storage/statement-batches.ts': 'whole',
  'src/storage/transaction.ts': 'whole',
  'src/storage/own-connection.ts': 'whole',
  'src/storage/news.ts': ['hearNews'],
  'src/storage/readings.ts': ['readPool'],
  'src/storage/open.ts': ['openDatabase'],
  'src/storage/one-connection.ts': ['guardPool'],
  'src/storage/direct.ts': ['connectDirectly', 'direct', 'rowsOf', 'clientOf'],
  // It can be away, slow, full, or behind a pooler, and two of its transactions can meet. Of declarations that PGlite reaches in part
  // (`brokenConstraint`, `findOrMake`), the branch that is of a server.
  'src/storage/connection-faults.ts': ['connectionFault', 'isFinalFault'],
  'src/storage/errors.ts': [
    'brokenConstraint',
    'isNotPermitted',
    'isLockTimeout',
    'isBusy',
    'isConnectionLost',
    'statesOf',
  ],
  'src/storage/keys/subject-keys.ts': ['findOrMake'],
  'src/storage/keys/known-keys.ts': ['forgetReadings'],
  'src/storage/pooler.ts': 'whole',
  'src/storage/preparation.ts': ['prepare', 'stateOf', 'hostOf'],
  'src/storage/time-limit.ts': ['withTimeout'],
  // It has more users than the owner of the tables, and databases without any table: PGlite’s come from a snapshot.
  'src/storage/grants.ts': [
    'rolesScript',
    'rightsTo',
    'grantToApp',
    'statementsFor',
    'warnOfOwner',
    'rightsState',
  ],
  'src/storage/queue-clock.ts': ['QueueClockNotOurs', 'explain'],
  'src/storage/migrate.ts': ['migrate', 'appliedTo', 'migrationState', 'compare'],
  // It has a clock of its own.
  'src/storage/database-time.ts': 'whole',
  'src/storage/rights-missing.ts': 'whole',
}

const main = async () => {
  const node = await ensureInstalled()
  const { values } = parseArgs({ options: { reports: { type: 'string' } } })
  const folder = values.reports ? resolve(values.reports) : mkdtempSync(join(tmpdir(), 'ryadom-coverage-'))
  try {
    const [postgres, embedded] = [
      await cover(node, folder, 'postgres'),
      await cover(node, folder, 'embedded'),
    ]
    const missing = [...postgres].flatMap(([file, lines]) =>
      [...lines]
        .filter((at) => !embedded.get(file)?.has(at) && !isServerOnly(file, at))
        .map((at) => `${file}:${at}`),
    )
    const reached = [...postgres.values()].reduce((sum, lines) => sum + lines.size, 0)
    process.stdout.write(
      `\n${reached} statements of src/storage are reached on PostgreSQL, ${missing.length} of them not on PGlite\n` +
        missing.map((place) => `  - ${place}\n`).join(''),
    )
    process.exitCode = missing.length === 0 ? 0 : 1
  } finally {
    if (!values.reports) rmSync(folder, { recursive: true, force: true })
  }
}

const isServerOnly = (file, at) => {
  const listed = serverOnly[file] ?? []
  return listed === 'whole' || listed.includes(declarationAt(file, Number.parseInt(at, 10)))
}

/** The name of the declaration of a file that a line (from 1) belongs to. */
const declarationAt = (file, line) => {
  const above = readFileSync(join(root, file), 'utf8').split('\n').slice(0, line)
  return above.flatMap((text) => /^(?:export )?(?:const|class) (\w+)/.exec(text)?.[1] ?? []).at(-1)
}

/** What the tests of a project reach: by file, the places (`line:column`) of statements that ran. */
const cover = async (node, folder, project) => {
  const reports = join(folder, project)
  const report = join(reports, 'coverage-final.json')
  if (!existsSync(report)) await run(node, reports, project)
  return new Map(
    Object.values(JSON.parse(readFileSync(report, 'utf8'))).map(({ path, statementMap, s }) => [
      relative(root, path),
      new Set(
        Object.entries(statementMap)
          .filter(([id]) => s[id] > 0)
          .map(([, { start }]) => `${start.line}:${start.column}`),
      ),
    ]),
  )
}

const run = async (node, reports, project) => {
  const coverage = ['--coverage.enabled', '--coverage.include=src/storage/**', '--coverage.reporter=json']
  const code = await runChild(node, {
    args: [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', `--project=${project}`, ...coverage, `--coverage.reportsDirectory=${reports}`],
    ],
    env: { NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  })
  if (code !== 0) throw new Error(`the tests of ${project} failed`)
}

await main().catch(explain)
