import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.ts'
import { onServer, openOutside } from '../support/outside.ts'

/** What an operator gets: exit code, and the codes of the findings. */
const doctorOf = async (environment: Record<string, string>, ...words: string[]) => {
  const { DATA_DIR = '', ...env } = environment
  const { code, out, err } = await runCli(DATA_DIR, ['doctor', ...words], env)
  expect(err).toBe('')
  // Whether this machine's Redis writes to a disk is its own affair.
  const codes = [...out.matchAll(/\[([\w.-]+)\]$/gm)].map(([, one]) => one)
  return { code, out, codes: codes.filter((one) => one !== 'redis.persists') }
}

describe.runIf(onServer)('ryadom doctor', () => {
  test('leads from an empty installation to one that is as it should be', async () => {
    const world = await openOutside({ mode: 'webhook' })
    const before = await doctorOf({ ...world.environment, CLOSED_CASES_YEARS: '' })
    expect(before.codes).toEqual([
      'retention.closed-cases',
      'telegram.webhook-absent',
      'staff.no-intake',
      'staff.no-supervisor',
      'staff.no-curator',
      'words.none',
    ])
    expect(before.code).toBe(1)
    expect(before.out).toMatch(/^✗ telegram +Telegram has no webhook .*: start the app, which sets it/m)

    const app = await world.start()
    world.board.route = () => app.port
    const territories = ['leninsky', 'oktyabrsky', 'promyshlenny', 'shpakovsky']
    for (const [name, role] of [
      ['Анна', 'intake'],
      ['Елена', 'supervisor'],
    ] as const)
      await world.staff(name, territories, role)
    const joined = () => world.database.prisma.staffMember.count({ where: { personId: { not: null } } })
    await expect.poll(joined).toBe(2)
    const after = await doctorOf(world.environment)
    expect(after.codes).toEqual(['staff.no-curator', 'words.none'])
    expect(after.code).toBe(0)
    expect(after.out).toMatch(/^✓ telegram$/m)
    expect(after.out).toMatch(/^✓ clock$/m)
    expect(after.out).toMatch(/^✓ data$/m)

    const json = JSON.parse((await doctorOf(world.environment, '--json')).out)
    expect(json).toMatchObject({
      ok: true,
      checks: [{ check: 'settings', findings: [] }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    })
    expect(json.checks[9]).toMatchObject({
      check: 'staff',
      findings: [
        { code: 'staff.no-curator', severity: 'should', text: expect.stringMatching(/ryadom staff add/) },
      ],
    })
  })

  test('names a wrong token, another installation, and what depends on a setting, without a secret', async () => {
    const world = await openOutside({ mode: 'webhook' })
    const token = await doctorOf({ ...world.environment, TELEGRAM_BOT_TOKEN: '1000001:tell-nobody' })
    expect(token.codes[0]).toBe('telegram.token-refused')
    expect(token.out).toMatch(
      /^✗ telegram +Telegram does not know this bot \(401\): check TELEGRAM_BOT_TOKEN/m,
    )
    expect(token.out).not.toContain('tell-nobody')

    await world.telegram.execute(world.telegram.token, 'setWebhook', {
      url: 'https://elsewhere.example/hook',
    })
    const elsewhere = await doctorOf(world.environment)
    expect(elsewhere.codes[0]).toBe('telegram.webhook-elsewhere')
    expect(elsewhere.out).toContain('updates to elsewhere.example, and PUBLIC_URL is 127.0.0.1')
    const { PUBLIC_URL: _, TELEGRAM_WEBHOOK_SECRET: __, ...polling } = world.environment
    expect((await doctorOf(polling)).codes[0]).toBe('telegram.webhook-left')

    const { DATA_KEYS: ___, ...keyless } = world.environment
    const settings = await doctorOf(keyless)
    expect([settings.code, settings.codes]).toEqual([1, ['settings.invalid']])
    expect(settings.out).toMatch(/^✗ settings +DATA_KEYS is missing: .*Example: DATA_KEYS=/m)
    expect(settings.out.match(/not looked at: settings/g)).toHaveLength(11)
  })
})
