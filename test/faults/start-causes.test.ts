import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { explainStart } from '#control/start-errors.ts'
import { createLog } from '#core/log.ts'
import { connectionFault, isFinalFault } from '#storage/connection-faults.ts'
import { openDatabase } from '#storage/open.ts'
import { listen, refusing, silent, withTls } from '../support/fake-servers.ts'
import { freePort } from '../support/free-port.ts'
import { configOf, secret } from '../support/start-config.ts'

/** What an operator reads after the first question to a database. */
const failureAt = async (address: string) => {
  const url = `postgresql://ryadom:${secret}@${address}`
  const database = await openDatabase({ kind: 'postgres', url }, createLog('silent'))
  try {
    await database.ping(4_000)
    throw new Error('it answers')
  } catch (error) {
    return {
      text: explainStart(error, configOf(url)) ?? '',
      fault: connectionFault(error),
      final: isFinalFault(error),
    }
  } finally {
    await database.close()
  }
}

describe('the cause of a database that cannot be used', () => {
  test.each([
    ['user or password', refusing('28P01'), '', 'user-refused', true, /rejects the user or the password/],
    ['pg_hba.conf', refusing('28000'), '', 'not-admitted', true, /does not let this user in/],
    ['name', refusing('3D000'), '', 'no-database', true, /has no database «ryadom»/],
    [
      'a pooler without startup parameters',
      refusing('08P01', 'unsupported startup parameter: options'),
      '',
      'startup-parameter',
      true,
      /connection pooler .* session mode/,
    ],
    ['no connection left', refusing('53300'), '', 'too-many-connections', false, /has no connection left/],
    ['starting', refusing('57P03'), '', 'starting', false, /is starting/],
    [
      'TLS not spoken',
      (socket: Socket): void => void socket.on('data', () => socket.write('N')),
      '?sslmode=require',
      'no-tls',
      true,
      /does not speak TLS/,
    ],
    [
      'a private CA',
      withTls,
      '?sslmode=require',
      'certificate',
      true,
      /is not trusted \(\w*SELF_SIGNED\w*\): name its CA/,
    ],
    [
      'another program',
      (socket: Socket): void => void socket.once('data', () => socket.destroy()),
      '',
      'hung-up',
      false,
      /hangs up: is that PostgreSQL/,
    ],
    ['no answer', silent, '', 'no-answer', false, /does not answer: check host and port/],
  ] as const)('%s', async (_, serve, query, fault, final, text) => {
    const port = await listen(serve)
    const found = await failureAt(`127.0.0.1:${port}/ryadom${query}`)
    expect(found).toMatchObject({ fault, final, text: expect.stringMatching(text) })
    expect(found.text).toContain(`127.0.0.1:${port}`)
    expect(found.text).not.toContain(secret)
  })

  test('port', async () => {
    const port = await freePort()
    expect(await failureAt(`127.0.0.1:${port}/ryadom`)).toEqual({
      fault: 'port-refused',
      final: false,
      text: `Nothing listens at 127.0.0.1:${port}: start PostgreSQL, or correct host and port in DATABASE_URL`,
    })
  })

  test('host', async () => {
    expect(await failureAt('nowhere.invalid/ryadom')).toEqual({
      fault: 'host-unknown',
      final: false,
      text: 'The host in DATABASE_URL (nowhere.invalid) is unknown here: correct it, or check the DNS',
    })
  })
})
