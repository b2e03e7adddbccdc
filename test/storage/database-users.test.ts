import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { appendOnly } from '#storage/append-only.ts'
import type { Database } from '#storage/database.ts'
import { currentUser, rightsTo, rolesScript } from '#storage/grants.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { RightsMissing } from '#storage/rights-missing.ts'
import { runCli } from '#test/support/cli.ts'
import { addEvidence } from '#test/support/evidence-rows.ts'
import { databaseUrl, prepareUsers, serverUrl, testUsers, urlOf } from '#test/support/postgres.ts'

const name = `ryadom_users_${process.pid}`
const log = createLog('warn')
const open = (url: string) => openDatabase({ kind: 'postgres', url }, log)
describe.runIf(inject('database') === 'postgres')(
  'an installation with a single user becomes one with two',
  () => {
    let server: pg.Client
    let administrator: Database
    let app: Database

    beforeAll(async () => {
      server = new pg.Client({ connectionString: serverUrl() })
      await server.connect()
      await server.query(`CREATE DATABASE ${name}`)
      // As it was: one user owns everything, here even a superuser, as in the compose.yaml of before.
      administrator = await open(databaseUrl(name))
      await migrate(administrator, log)
      const jobs = createJobs(administrator, log)
      await jobs.start()
      await jobs.stop()
      await addEvidence(administrator)
      expect(await currentUser(administrator)).toMatchObject({ owner: true, superuser: true })
      await prepareUsers(name)
      app = await open(urlOf(testUsers.app, name))
    })
    afterAll(async () => {
      await app.close()
      await administrator.close()
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.end()
    })

    const refusalOf = (statement: string): Promise<string> =>
      app.prisma.$executeRawUnsafe(statement).then(
        () => 'accepted',
        (error: Error) => error.message,
      )
    const setUp = (url: string, ...words: string[]) =>
      runCli('/nowhere', ['database', 'setup', ...words], { DATABASE_URL: url })

    test('the command prints what the administrator ran, and sets the rest up as the owner', async () => {
      const { out } = await runCli('/nowhere', ['database', 'roles'])
      expect(`${out}\n`.trim()).toBe((await rolesScript()).trim())
      expect(await refusalOf('SELECT 1 FROM requests')).toMatch('permission denied')
      const owner = urlOf(testUsers.owner, name)
      expect(await setUp(owner, '--app', 'nobody_at_all')).toMatchObject({ code: 1 })
      expect((await setUp(urlOf(testUsers.app, name), '--app', testUsers.app)).err).toMatch(
        'must name the owner',
      )
      expect(await setUp(owner, '--app', testUsers.app)).toMatchObject({ code: 0, err: '' })
      expect(await setUp(owner, '--app', testUsers.app)).toMatchObject({ code: 0, err: '' })
      expect(await currentUser(app)).toEqual({ name: testUsers.app, owner: false, superuser: false })
      const others = await administrator.prisma.$queryRaw`
      SELECT r.oid::regclass::text FROM pg_class r JOIN pg_roles o ON o.oid = relowner
      WHERE relnamespace IN ('public'::regnamespace, 'pgboss'::regnamespace) AND rolname <> ${testUsers.owner}`
      expect(others).toEqual([])
    }, 90_000)

    test('the app has exactly its rights, and fails at everything else', async () => {
      const withoutId: Record<string, string> = {
        audit_forgotten: 'position',
        audit_links: 'position',
        consent_texts: 'title',
        consent_withdrawals: 'at',
        plan_proposal_answers: 'at',
        survey_versions: 'definition',
      }
      const forbidden = Object.keys(appendOnly).flatMap((table) => [
        `UPDATE ${table} SET ${withoutId[table] ?? 'id'} = DEFAULT`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ])
      for (const statement of forbidden)
        expect(await refusalOf(statement), statement).toMatch('permission denied')
      for (const statement of [
        'TRUNCATE persons CASCADE',
        'TRUNCATE pgboss.job',
        'DELETE FROM requests',
        'DELETE FROM families',
        'UPDATE survey_salt SET salt = salt',
        'DELETE FROM _prisma_migrations',
        'CREATE TABLE mine (id int)',
        'CREATE TEMPORARY TABLE mine (id int)',
        'CREATE SCHEMA mine',
        'CREATE VIEW mine AS SELECT 1',
        'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
        'ALTER TABLE consents DISABLE TRIGGER ALL',
        'DROP TRIGGER consents_append_only ON consents',
        'DROP TABLE audit_entries',
        'DROP FUNCTION refuse_change() CASCADE',
        'ALTER TABLE consents ADD COLUMN mine int',
        `SET session_replication_role = 'replica'`,
        `SET ROLE ${testUsers.owner}`,
        'CREATE ROLE mine',
        `COPY persons TO PROGRAM 'cat'`,
      ])
        expect(await refusalOf(statement), statement).toMatch('`42501`')
      expect(await refusalOf('UPDATE messages SET read_at = now()')).toBe('accepted')
      const verbs = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']
      const tables = await administrator.prisma.$queryRaw<{ name: string; rights: string[] }[]>`
        SELECT relname::text AS name, array(
          SELECT verb FROM unnest(${verbs}::text[]) verb WHERE has_table_privilege(${testUsers.app}, r.oid, verb)
        ) AS rights FROM pg_class r WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`
      for (const { name: table, rights } of tables)
        expect(rights, table).toEqual(
          rightsTo(table)
            .replace(/, UPDATE \(.*/, '')
            .split(', '),
        )
    })

    test('only the owner erases, whatever the app sets', async () => {
      const erase = (database: Database) =>
        database.transaction(async (tx) => {
          await tx.$executeRawUnsafe(`SET LOCAL ryadom.erasing = 'on'`)
          return tx.$executeRaw`DELETE FROM visit_answers`
        })
      await expect(erase(app)).rejects.toThrow('permission denied')
      // Not even if it had the right to delete: the trigger asks who owns the table.
      await administrator.prisma.$executeRawUnsafe(`GRANT DELETE ON visit_answers TO ${testUsers.app}`)
      await expect(erase(app)).rejects.toThrow('append-only')
      const owner = await open(urlOf(testUsers.owner, name))
      expect(await erase(owner)).toBe(1)
      // A later table can be added to before the grants are given anew; nothing in it can be changed.
      await owner.prisma.$executeRawUnsafe('CREATE TABLE later (id bigserial PRIMARY KEY)')
      await owner.close()
      expect(await refusalOf('INSERT INTO later DEFAULT VALUES')).toBe('accepted')
      expect(await refusalOf('DELETE FROM later')).toMatch('permission denied')
    })

    test('the app refuses a database that its owner has not prepared, and says what to do', async () => {
      await administrator.prisma
        .$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%append_only'`
      const refused = await migrate(app, log).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(RightsMissing)
      expect(String(refused)).toMatch("Run «ryadom database setup» with the owner's DATABASE_URL")
    })
  },
)
