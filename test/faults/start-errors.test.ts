import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.ts'
import { startRefused } from '../support/instances.ts'
import { onServer, openOutside } from '../support/outside.ts'

const environment = {
  ORGANISATION_NAME: 'Центр',
  ORGANISATION_ADDRESS: 'г. Ставрополь',
  ORGANISATION_CONTACT: '8-8652-00-00-00',
  LOG_LEVEL: 'info',
}

describe.runIf(onServer)('a start that cannot succeed', () => {
  test.each([
    ['a wrong token', 'TELEGRAM_BOT_TOKEN', /Telegram does not know this bot \(401\)/],
    ['no such database', 'DATABASE_URL', /PostgreSQL at [\w.:]+ has no database «nowhere»/],
  ] as const)('(%s) ends with its cause, and without secrets', async (_, variable, reason) => {
    const world = await openOutside({ mode: 'polling' })
    const other = new URL(world.databaseUrl)
    other.pathname = '/nowhere'
    other.password = 'tell-nobody'
    const wrong = { TELEGRAM_BOT_TOKEN: '1000001:tell-nobody', DATABASE_URL: other.href }
    const { code, output } = await startRefused({
      ...environment,
      ...world.environment,
      [variable]: wrong[variable],
    })
    expect(code).toBe(1)
    expect(output).toMatch(reason)
    expect(output).not.toMatch(/tell-nobody|^\s+at /m)
  })

  test('a command of an operator ends with the same words', async () => {
    const world = await openOutside({ mode: 'polling' })
    const other = new URL(world.databaseUrl)
    other.pathname = '/nowhere'
    other.password = 'tell-nobody'
    const { DATA_DIR = '', ...env } = { ...world.environment, DATABASE_URL: other.href }
    const { code, out, err } = await runCli(DATA_DIR, ['key', 'list'], env)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^PostgreSQL at [\w.:]+ has no database «nowhere»[^\n]+\n$/)
  })
})
