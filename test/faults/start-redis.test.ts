import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { checkRedis } from '#channels/telegram/redis-check.ts'
import { explainStart } from '#control/start-errors.ts'
import { createLog } from '#core/log.ts'
import { listen, selfSigned, silent } from '../support/fake-servers.ts'
import { freePort } from '../support/free-port.ts'
import { configOf, secret } from '../support/start-config.ts'

const hangUp = (socket: Socket): void => void socket.destroy()

/** Redis that answers every command with the same error. */
const answering =
  (error: string) =>
  (socket: Socket): void =>
    void socket.on('data', (data) => {
      const commands = data.toString('latin1').match(/\*\d+\r\n/g)?.length ?? 0
      socket.write(`-${error}\r\n`.repeat(commands))
    })

describe('the cause of a Redis that cannot be used', () => {
  test.each([
    ['a password is missing', 'NOAUTH Authentication required.', '', /wants a password/],
    [
      'a wrong password',
      `WRONGPASS invalid username-password pair or user is disabled.`,
      `:${secret}@`,
      /rejects the user or the password/,
    ],
    [
      'an old server’s wrong password',
      'ERR invalid password',
      `:${secret}@`,
      /rejects the user or the password/,
    ],
    ['no such database', 'ERR DB index is out of range', '', /has no database of this number/],
    ['an ACL', `NOPERM this user has no permissions to run the 'ping' command`, '', /see its ACL/],
  ])('%s ends the start', async (_, error, user, text) => {
    const port = await listen(answering(error))
    const refused = await checkRedis(`redis://${user}127.0.0.1:${port}/3`, createLog('silent')).catch(
      (reason: unknown) => reason,
    )
    const said = explainStart(refused, configOf('postgresql://127.0.0.1/ryadom'))
    expect(said).toMatch(text)
    expect(said).toContain(`Redis at 127.0.0.1:${port} `)
    expect(said).not.toContain(secret)
  })

  test.each([
    [
      'its certificate is not trusted',
      (socket: Socket): void =>
        void new TLSSocket(socket, { isServer: true, ...selfSigned() }).on('error', silent),
      /certificate that is not trusted/,
    ],
    [
      'it does not speak TLS',
      (socket: Socket): void => void socket.on('data', () => socket.write('-ERR Protocol error\r\n')),
      /does not speak TLS/,
    ],
  ])('%s: the start ends', async (_, serve, text) => {
    const port = await listen(serve)
    const refused = checkRedis(`rediss://:${secret}@127.0.0.1:${port}`, createLog('silent'))
    await expect(refused).rejects.toThrow(text)
  })

  test.each([
    ['host-unknown', async () => 'nowhere.invalid:6379'],
    ['no-answer', async () => `127.0.0.1:${await listen(silent)}`],
    ['hung-up', async () => `127.0.0.1:${await listen(hangUp)}`],
    ['port-refused', async () => `127.0.0.1:${await freePort()}`],
  ] satisfies [string, () => Promise<string>][])(
    '%s: the log says so, and the bot works without it',
    async (cause, address) => {
      const lines: string[] = []
      const host = await address()
      await checkRedis(
        `redis://:${secret}@${host}`,
        createLog('warn', (line) => lines.push(line)),
      )
      expect(lines).toHaveLength(1)
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'redis.away', at: host, cause })
      expect(lines[0]).not.toContain(secret)
    },
  )

  test('one that works is not mentioned', async () => {
    const lines: string[] = []
    const url = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9'
    await checkRedis(
      url,
      createLog('debug', (line) => lines.push(line)),
    )
    expect(lines).toEqual([])
  })
})
