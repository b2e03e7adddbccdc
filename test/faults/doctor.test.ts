import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { examineDatabase } from '#control/doctor/examine-database.ts'
import { type Checked, mustBeMended } from '#control/doctor/findings.ts'
import { doctorLines } from '#control/doctor/report.ts'
import { createLog } from '#core/log.ts'
import { region } from '#regions/index.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'
import { openTestDatabase } from '../support/database.ts'
import { openFakePooler } from '../support/fake-pooler.ts'
import { listen, refusing, silent, withTls } from '../support/fake-servers.ts'
import { freePort } from '../support/free-port.ts'
import { databaseUrl } from '../support/postgres.ts'
import { configOf, secret } from '../support/start-config.ts'
import { testKeys } from '../support/world.ts'

const onServer = inject('database') === 'postgres'

const codesOf = (checked: readonly Checked[]) =>
  checked.flatMap(({ findings }) => findings.map(({ code }) => code))

/** What the doctor finds at an address. */
const findingsAt = async (url: string, given: { now?: () => Date } = {}) => {
  const database = await openDatabase({ kind: 'postgres', url }, createLog('silent'))
  try {
    const checked = await examineDatabase({
      database,
      config: configOf(url),
      sealer: createSealer(testKeys),
      region: region('stavropol'),
      now: given.now ?? (() => new Date()),
    })
    return { checked, codes: codesOf(checked), page: doctorLines(checked).join('\n') }
  } finally {
    await database.close()
  }
}

/** A database of its own, as its owner and as the app's user see it. */
const openOwn = async () => {
  const stored = await openTestDatabase('postgres')
  if (stored.options.kind !== 'postgres' || stored.appOptions.kind !== 'postgres')
    throw new Error('no server')
  const [url, appUrl] = [stored.options.url, stored.appOptions.url]
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const close = async () => {
    await owner.end()
    await stored.dispose()
  }
  return { url, appUrl, run: (sql: string) => owner.query(sql), close }
}

describe.runIf(onServer)('a database that cannot be used', () => {
  test.each([
    ['user or password', refusing('28P01'), '', 'database.user-refused', /rejects the user or the password/],
    ['pg_hba.conf', refusing('28000'), '', 'database.not-admitted', /does not let this user in/],
    ['name', refusing('3D000'), '', 'database.no-database', /has no database «ryadom»: create it/],
    [
      'startup parameters',
      refusing('08P01', 'unsupported startup parameter: options'),
      '',
      'database.startup-parameter',
      /takes no startup parameters: name PostgreSQL itself/,
    ],
    ['connections', refusing('53300'), '', 'database.too-many-connections', /raise max_connections/],
    [
      'a private CA',
      withTls,
      '?sslmode=require',
      'database.certificate',
      /name its CA in NODE_EXTRA_CA_CERTS/,
    ],
    ['no answer', silent, '', 'database.no-answer', /check host and port/],
  ] as const)('%s', async (_, serve, query, code, text) => {
    const port = await listen(serve)
    const { checked, codes, page } = await findingsAt(
      `postgresql://ryadom:${secret}@127.0.0.1:${port}/ryadom${query}`,
    )
    expect(codes).toEqual([code])
    expect(mustBeMended(checked)).toBe(true)
    expect(page).toMatch(text)
    expect(page).not.toContain(secret)
    expect(page.match(/not looked at: database/g)).toHaveLength(5)
  })

  test('port and host', async () => {
    const port = await freePort()
    expect((await findingsAt(`postgresql://a:b@127.0.0.1:${port}/c`)).codes).toEqual([
      'database.port-refused',
    ])
    expect((await findingsAt('postgresql://a:b@nowhere.invalid/c')).codes).toEqual(['database.host-unknown'])
  })

  test('a server that starts is waited for', async () => {
    const port = await listen(refusing('57P03'))
    const { checked, codes } = await findingsAt(`postgresql://a:b@127.0.0.1:${port}/c`)
    expect([codes, mustBeMended(checked)]).toEqual([['database.starting'], false])
  })

  test('a pooler in transaction mode', async () => {
    const own = await openOwn()
    try {
      expect((await findingsAt(await openFakePooler(own.appUrl))).codes).toEqual(['database.pooler'])
    } finally {
      await own.close()
    }
  })

  test('an empty one, and one that does not exist', async () => {
    expect((await findingsAt(databaseUrl('nowhere'))).codes).toEqual(['database.no-database'])
    const own = await openOwn()
    try {
      await own.run('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      const { codes, page } = await findingsAt(own.url)
      expect(codes).toEqual(['migrations.pending'])
      expect(page).toMatch(/\d\d migrations of this version are not applied: start the app as the owner/)
    } finally {
      await own.close()
    }
  })
})

describe.runIf(onServer)('a database of its own', () => {
  test('says what the app’s user lacks, has too much, or owns', async () => {
    const own = await openOwn()
    try {
      const usual = ['staff.no-intake', 'staff.no-supervisor', 'staff.no-curator', 'words.none']
      expect((await findingsAt(own.appUrl)).codes).toEqual(usual)
      expect((await findingsAt(own.url)).codes).toEqual(['database.user-owns', ...usual])
      const user = new URL(own.appUrl).username
      await own.run(`REVOKE INSERT ON messages, pushes FROM ${user}; GRANT TRUNCATE ON consents TO ${user}`)
      await own.run(`REVOKE UPDATE (read_at) ON messages FROM ${user}`)
      const { codes, page } = await findingsAt(own.appUrl)
      expect(codes).toEqual(['database.rights-lacking', 'database.rights-beyond', ...usual])
      expect(page).toMatch(/lacks rights \(.*INSERT on messages.*\): run «ryadom database setup»/)
      expect(page).toContain('UPDATE (read_at) on messages')
      expect(page).toMatch(/could take back evidence \(TRUNCATE on consents\)/)
    } finally {
      await own.close()
    }
  })

  test('says when it is of another version', async () => {
    const own = await openOwn()
    try {
      const last = `(SELECT max(migration_name) FROM _prisma_migrations)`
      await own.run(`UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = ${last}`)
      const edited = await findingsAt(own.appUrl)
      expect(edited.codes).toEqual(['migrations.changed'])
      await own.run(
        `UPDATE _prisma_migrations SET migration_name = '29990101_later' WHERE migration_name = ${last}`,
      )
      const later = await findingsAt(own.appUrl)
      expect(later.codes).toEqual(['migrations.pending', 'migrations.unknown'])
      expect(later.page).toContain('prepared by a newer version (29990101_later)')
      expect(later.page.match(/not looked at: migrations/g)).toHaveLength(4)
    } finally {
      await own.close()
    }
  })

  test('says when its clock and this machine’s are apart', async () => {
    const own = await openOwn()
    try {
      const now = () => new Date(Date.now() + 90_000)
      const { codes, page } = await findingsAt(own.appUrl, { now })
      expect(codes[0]).toBe('clock.off')
      expect(page).toMatch(/is (89|90) s off that of the database/)
    } finally {
      await own.close()
    }
  })
})
