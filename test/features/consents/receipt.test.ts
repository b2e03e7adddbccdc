import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { receiptOf, verifyReceipt } from '#features/consents/receipt.ts'
import { createSealer } from '#storage/seal.ts'
import { runCli } from '#test/support/cli.ts'
import { testKeys } from '#test/support/world.ts'

const sealer = createSealer(testKeys)
const consent = {
  id: '018f3a5e-0000-7000-8000-000000000000',
  kind: 'personal-data',
  version: '2026-11-26',
  textHash: 'a'.repeat(64),
  language: 'ru',
  givenAt: new Date('2026-11-24T07:00:00Z'),
  how: 'tap',
  withdrawnAt: null,
} as const
const receipt = receiptOf(sealer, consent)

test('a receipt that verifies, as it stands, as a phone copies it, and with an older key', () => {
  expect(verifyReceipt(sealer, receipt)).toMatchObject({
    is: 'valid',
    lines: expect.arrayContaining(['how tap']),
  })
  expect(verifyReceipt(sealer, `\n${receipt.replaceAll('\n', ' \r\n')}\n`)).toMatchObject({ is: 'valid' })
  const newer = createSealer([{ id: 'newer', key: Buffer.alloc(32, 9) }, ...testKeys])
  expect(verifyReceipt(newer, receipt)).toMatchObject({ is: 'valid' })
})

test('one that was altered, in any line', () => {
  const lines = receipt.split('\n')
  for (const at of lines.keys()) {
    const altered = lines.with(at, `${lines[at]?.slice(0, -1)}${lines[at]?.endsWith('x') ? 'y' : 'x'}`)
    expect(verifyReceipt(sealer, altered.join('\n')).is, lines[at]).not.toBe('valid')
  }
})

test('a forger can recompute the sum, and has no signature', () => {
  const said = receipt.slice(0, receipt.indexOf('sum ')).replace('version 2026-11-26', 'version 2026-11-01')
  const sum = createHash('sha256').update(said).digest('hex')
  const forged = `${said}sum ${sum}\n${receipt.split('\n').at(-1)}`
  expect(verifyReceipt(sealer, forged)).toEqual({ is: 'unknown-key' })
  const other = createSealer([{ id: 'other', key: Buffer.alloc(32, 3) }])
  expect(verifyReceipt(other, receipt)).toEqual({ is: 'unknown-key' })
  expect(verifyReceipt(sealer, 'ryadom')).toEqual({ is: 'unreadable' })
})

test('anybody can recompute the sum with what every system has', () => {
  const [said = '', rest = ''] = receipt.split(/(?=sum )/)
  expect(rest).toContain(createHash('sha256').update(said).digest('hex'))
})

test('the command needs the keys and nothing else', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-receipt-'))
  const file = join(dir, 'receipt.txt')
  const env = {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
    DATA_KEYS: testKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
  }
  await writeFile(file, receipt)
  const genuine = await runCli(dir, ['receipt', 'verify', file], env)
  expect(genuine).toMatchObject({ code: 0, err: '' })
  expect(genuine.out).toContain('The receipt is genuine')
  await writeFile(file, receipt.replace('how tap', 'how paper'))
  expect(await runCli(dir, ['receipt', 'verify', file], env)).toMatchObject({
    code: 1,
    err: expect.stringContaining('was altered'),
  })
}, 60_000)
