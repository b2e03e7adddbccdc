import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ConfigError, readConfig } from '#src/config.ts'
import { embeddedKeys } from '#storage/data-keys.ts'
import { SealError } from '#storage/seal.ts'

const secret = 'abcdefghijklmnop'
const keys = `2026:${Buffer.alloc(32, 1).toString('base64')},2025:${Buffer.alloc(32, 2).toString('base64')}`
const polling = {
  TELEGRAM_BOT_TOKEN: '123:abc',
  DATA_KEYS: keys,
  ORGANISATION_NAME: 'Центр',
  ORGANISATION_ADDRESS: 'Ставрополь',
  ORGANISATION_CONTACT: '+7 8652 00-00-00',
}
const webhook = { ...polling, PUBLIC_URL: 'https://bot.example.org/', TELEGRAM_WEBHOOK_SECRET: secret }

const problems = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
  } catch (error) {
    return (error as ConfigError).problems
  }
  return []
}

describe('the environment', () => {
  test('without variables is the sandbox on loopback with an embedded database', () => {
    expect(readConfig({})).toEqual({
      mode: 'sandbox',
      receivers: { ownPorts: [3000, 5432, 6379] },
      database: { kind: 'embedded', dir: resolve('.data/database') },
      host: '127.0.0.1',
      port: 3000,
      region: 'stavropol',
      keys: undefined,
      logLevel: 'info',
      dataDir: resolve('.data'),
      embedded: true,
    })
    expect(readConfig({ PORT: ' ', DATABASE_URL: '' })).toEqual(readConfig({}))
    expect(readConfig({ HOST: '0.0.0.0' })).toMatchObject({ mode: 'sandbox', host: '0.0.0.0' })
  })

  test('with ports of webhooks takes these and no others', () => {
    expect(readConfig({ WEBHOOK_PORTS: '443, 9443' })).toMatchObject({
      receivers: { ports: [443, 9443] },
    })
    for (const WEBHOOK_PORTS of ['https', '0', '70000', '443;9443', '443,'])
      expect(problems({ WEBHOOK_PORTS })).toEqual([expect.stringMatching(/^WEBHOOK_PORTS is invalid/)])
  })

  test('with receivers inside the network takes names and networks, and nothing that it does not understand', () => {
    const given = 'crm.centre.lan, CRM2:8443,10.2.0.0/16,http://127.0.0.1:8080,[fd00::1]:443,fd00::/8'
    expect(
      readConfig({ WEBHOOK_ALLOW: given.replace(',fd00::/8', ',[fd00::]/8') }).receivers.allowed,
    ).toEqual([
      { host: 'crm.centre.lan', plain: false },
      { host: 'crm2', port: 8443, plain: false },
      { host: { network: '10.2.0.0', bits: 16 }, plain: false },
      { host: { network: '127.0.0.1', bits: 32 }, port: 8080, plain: true },
      { host: { network: 'fd00::1', bits: 128 }, port: 443, plain: false },
      { host: { network: 'fd00::', bits: 8 }, plain: false },
    ])
    for (const WEBHOOK_ALLOW of [
      '*',
      'https://a.lan',
      '10.0.0.0/33',
      'a.lan/8',
      'a.lan:0',
      'a b',
      ',',
      '*.lan',
      'a.lan/path',
    ])
      expect([WEBHOOK_ALLOW, problems({ WEBHOOK_ALLOW })]).toEqual([
        WEBHOOK_ALLOW,
        [expect.stringMatching(/^WEBHOOK_ALLOW is invalid/)],
      ])
  })

  test('with a token means polling, with a public URL a webhook', () => {
    const organisation = { name: 'Центр', address: 'Ставрополь', contact: '+7 8652 00-00-00' }
    const telegram = { token: '123:abc', apiRoot: 'https://api.telegram.org' }
    expect(readConfig(polling)).toMatchObject({ mode: 'polling', telegram, organisation })
    expect(readConfig(webhook)).toMatchObject({
      mode: 'webhook',
      telegram: { ...telegram, webhook: { url: 'https://bot.example.org', secret } },
      organisation,
    })
  })

  test('with a database server takes its keys from a variable, the first of which encrypts', () => {
    const config = readConfig({ DATABASE_URL: 'postgresql://a@b/c', DATA_KEYS: keys, REDIS_URL: 'redis://r' })
    expect(config).toMatchObject({
      embedded: false,
      database: { kind: 'postgres', url: 'postgresql://a@b/c' },
      redisUrl: 'redis://r',
      keys: [
        { id: '2026', key: Buffer.alloc(32, 1) },
        { id: '2025', key: Buffer.alloc(32, 2) },
      ],
    })
  })
})

describe('rejected, with the name of the variable, the expected value and an example:', () => {
  test.each<[string, Record<string, string>, string]>([
    ['the sandbox in production', { NODE_ENV: 'production' }, 'TELEGRAM_BOT_TOKEN'],
    ['a webhook without a secret', { ...webhook, TELEGRAM_WEBHOOK_SECRET: '' }, 'TELEGRAM_WEBHOOK_SECRET'],
    ['a short secret', { ...webhook, TELEGRAM_WEBHOOK_SECRET: 'short' }, 'TELEGRAM_WEBHOOK_SECRET'],
    ['a public address without a token', { PUBLIC_URL: 'https://a.b' }, 'PUBLIC_URL'],
    ['a port that Telegram does not call', { ...webhook, PUBLIC_URL: 'https://a.b:3000' }, 'PUBLIC_URL'],
    ['a public address without encryption', { ...webhook, PUBLIC_URL: 'http://a.b' }, 'PUBLIC_URL'],
    [
      'pages for staff at a public address without encryption',
      { LOCAL_URL: 'http://8.8.8.8:3000' },
      'LOCAL_URL',
    ],
    [
      'pages at a name of the internet without encryption',
      { LOCAL_URL: 'http://ryadom.centre.ru' },
      'LOCAL_URL',
    ],
    ['pages at a disguised public address', { LOCAL_URL: 'http://0x08080808:3000' }, 'LOCAL_URL'],
    ['pages at a link-local address', { LOCAL_URL: 'http://169.254.169.254' }, 'LOCAL_URL'],
    [
      'a wrong token: it must not start the sandbox',
      { ...polling, TELEGRAM_BOT_TOKEN: 'abc' },
      'TELEGRAM_BOT_TOKEN',
    ],
    ['an operator without a name', { ...polling, ORGANISATION_NAME: '' }, 'ORGANISATION_NAME'],
    ['a server without keys', { DATABASE_URL: 'postgres://a/b' }, 'DATA_KEYS'],
    ['a bot whose keys would lie beside its data', { ...polling, DATA_KEYS: '' }, 'DATA_KEYS'],
    ['a key of another length', { DATA_KEYS: 'a:AAAA' }, 'DATA_KEYS'],
    ['two keys of one name', { DATA_KEYS: keys.replace('2025', '2026') }, 'DATA_KEYS'],
    ['another database', { DATABASE_URL: 'mysql://a/b', DATA_KEYS: keys }, 'DATABASE_URL'],
    ['another store', { REDIS_URL: 'http://a' }, 'REDIS_URL'],
    ['a port of letters', { PORT: 'http' }, 'PORT'],
    ['a port too high', { PORT: '65536' }, 'PORT'],
    ['an unknown region', { REGION: 'moscow' }, 'REGION'],
    ['an unknown level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('%s', (_what, env, name) => {
    const [problem, ...more] = problems(env)
    expect(more).toEqual([])
    expect(problem).toMatch(new RegExp(`^${name} .*Expected: .+\\. Example: ${name}=.+`))
  })

  test('all at once, and never with a value, which may be a secret', () => {
    const all = problems({
      TELEGRAM_BOT_TOKEN: 'hush',
      DATABASE_URL: 'hush',
      DATA_KEYS: 'hush',
      PUBLIC_URL: 'hush',
      PORT: 'hush',
    })
    expect(all.map((problem) => problem.split(' ')[0])).toEqual(
      expect.arrayContaining([
        'TELEGRAM_BOT_TOKEN',
        'DATABASE_URL',
        'DATA_KEYS',
        'PUBLIC_URL',
        'PORT',
        'TELEGRAM_WEBHOOK_SECRET',
      ]),
    )
    expect(all.join()).not.toContain('hush')
  })

  test('an example that is itself invalid', () => {
    const example = (env: Record<string, string>) => problems(env)[0]?.split('Example: ')[1]?.split('=') ?? []
    for (const name of ['PORT', 'REGION', 'LOG_LEVEL', 'REDIS_URL', 'HOST', 'TELEGRAM_API_ROOT']) {
      const [variable, ...value] = example({ [name]: '???' })
      expect(variable).toBe(name)
      expect(problems({ [name]: value.join('=') })).toEqual([])
    }
  })
})

test('a bot’s keys lie beside its data only if the operator says so; the sandbox’s do', () => {
  const { DATA_KEYS: _, ...without } = polling
  expect(problems(without).join()).toMatch(/KEYS_BESIDE_DATA=yes/)
  expect(problems({ ...without, KEYS_BESIDE_DATA: 'no' }).join()).toMatch(/KEYS_BESIDE_DATA is invalid/)
  expect(readConfig({ ...without, KEYS_BESIDE_DATA: 'yes' })).toMatchObject({
    keys: undefined,
    embedded: true,
  })
  expect(readConfig({})).toMatchObject({ mode: 'sandbox', keys: undefined })
})

describe('the keys of the embedded database', () => {
  test('are created once, even concurrently, and readable by their owner only', async () => {
    const dir = join(await mkdtemp(join(tmpdir(), 'ryadom-keys-')), 'data')
    const all = await Promise.all([1, 2, 3, 4].map(() => embeddedKeys(dir)))
    expect(all[0]).toEqual([{ id: expect.stringMatching(/^k[0-9a-f]{6}$/), key: expect.any(Buffer) }])
    for (const one of [...all, await embeddedKeys(dir)]) expect(one).toEqual(all[0])
    expect((await stat(join(dir, 'keys'))).mode & 0o777).toBe(0o600)
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    await writeFile(join(dir, 'keys'), 'damaged')
    await expect(embeddedKeys(dir)).rejects.toThrow(SealError)
    await rm(join(dir, '..'), { recursive: true })
  })
})
