// `npm run test:embedded-coverage`: fails where a statement of src/storage that the tests reach on PostgreSQL is not
// reached on PGlite by the part of them that the check runs there (test/support/embedded-set.ts).
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root } from './install.mjs'

/** Of a server only: nothing of it runs on PGlite. */
const serverOnly = ['src/storage/postgres.ts', 'src/storage/leader-lock.ts']

const main = async () => {
  const node = await ensureInstalled()
  const folder = mkdtempSync(join(tmpdir(), 'ryadom-coverage-'))
  try {
    const [postgres, embedded] = [
      await cover(node, folder, 'postgres'),
      await cover(node, folder, 'embedded'),
    ]
    const missing = [...postgres].flatMap(([file, lines]) =>
      serverOnly.includes(file)
        ? []
        : [...lines].filter((at) => !embedded.get(file)?.has(at)).map((at) => `${file}:${at}`),
    )
    const reached = [...postgres.values()].reduce((sum, lines) => sum + lines.size, 0)
    process.stdout.write(
      `\n${reached} statements of src/storage are reached on PostgreSQL, ${missing.length} of them not on PGlite\n` +
        missing.map((place) => `  - ${place}\n`).join(''),
    )
    process.exitCode = missing.length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the tests of a project reach: by file, the places (`line:column`) of statements that ran. */
const cover = async (node, folder, project) => {
  const reports = join(folder, project)
  const coverage = ['--coverage.enabled', '--coverage.include=src/storage/**', '--coverage.reporter=json']
  const code = await runChild(node, {
    args: [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', `--project=${project}`, ...coverage, `--coverage.reportsDirectory=${reports}`],
    ],
    env: { NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  })
  const report = join(reports, 'coverage-final.json')
  if (code !== 0 || !existsSync(report)) throw new Error(`the tests of ${project} failed`)
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

await main().catch(explain)
