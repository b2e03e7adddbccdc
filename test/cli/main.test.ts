import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'
import { runCli } from '#test/support/cli.ts'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ryadom-cli-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const ryadom = (...words: string[]) => runCli(dir, words)

test('the doctor leaves an empty folder empty', async () => {
  const { code, out } = await ryadom('doctor')
  expect([code, await readdir(dir)]).toEqual([0, []])
  expect(out).toMatch(/^– database +not looked at: the app has not been started yet$/m)
  expect(out).toMatch(/^– telegram +not looked at: sandbox$/m)
}, 60_000)

/** Four processes, the first of which makes the database. */
test('an operator adds staff before the first start of the app', async () => {
  const added = await ryadom(
    'staff',
    'add',
    '--name',
    'Анна',
    '--role',
    'intake',
    '--territory',
    'leninsky',
    '--territory',
    'other',
  )
  expect(added).toMatchObject({ code: 0, err: '' })
  const [first, , link] = added.out.split('\n')
  expect(first).toMatch(/^Added Анна \(intake; leninsky, other\), id [0-9a-f-]{36}$/)
  expect(link).toMatch(/^https:\/\/t\.me\/ryadom_sandbox_bot\?start=s_[A-Za-z0-9_-]{22}$/)

  const id = first?.split(' id ')[1] ?? ''
  expect((await ryadom('staff', 'list')).out).toBe(`${id}\tАнна\tintake\tleninsky,other\tinvited\n`)
  const renewed = await ryadom('staff', 'link', id)
  expect(renewed.out).toContain('?start=s_')
  expect(renewed.out).not.toContain(link)

  const doctor = await ryadom('doctor')
  expect(doctor.code).toBe(1)
  expect(doctor.out).toMatch(/^✗ staff +No intake specialist has joined/m)
  expect(existsSync(join(dir, 'keys'))).toBe(false)
}, 180_000)

test('an unknown territory is rejected with a list of the known ones', async () => {
  const refused = await ryadom('staff', 'add', '--name', 'Анна', '--role', 'intake', '--territory', 'mars')
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('Unknown territory: mars. Known territories: leninsky')
})

test('facts that the centre has not confirmed are listed without a database', async () => {
  const { code, out } = await ryadom('facts', 'list', '--region', 'stavropol')
  expect(code).toBe(0)
  expect(out).toContain('removal-threat\tunconfirmed\tlawyer\n')
  expect(out).not.toContain('readers-here')
})

describe('the command line', () => {
  const words = (line: string) => parseCommand(line.split(' ').filter(Boolean))

  test('is parsed', () => {
    const staffAdd = { name: 'staff-add', staffName: 'Анна', role: 'curator', territories: ['a', 'b'] }
    expect(words('staff add --name Анна --role curator --territory a --territory b')).toEqual(staffAdd)
    expect(words('staff list')).toEqual({ name: 'staff-list' })
    expect(words('facts list --region nyagan')).toEqual({ name: 'facts-list', region: 'nyagan' })
    for (const line of ['', 'help', '--help'])
      expect(words(line)).toEqual({ print: expect.stringContaining('key create') })
    expect(words('staff add -h')).toEqual({
      print: expect.stringMatching(/^ {2}npm run ryadom -- staff add/),
    })
    expect(words('staff add --version')).toBe('version')
  })

  test.each([
    'staff',
    'staff ad',
    'facts',
    'facts list',
    'facts list --region mars',
    'facts list stavropol',
    'staff list now',
    'staff link',
    'staff link x',
    'fly',
    'staff add --nam x',
  ])('«%s» is rejected with the help', (line) => {
    expect(() => words(line)).toThrow('npm run ryadom -- help')
  })

  test('a wrong command shows how it is written, and not forty others', () => {
    const problem = (line: string): string => {
      try {
        return String(words(line))
      } catch (error) {
        return String(error)
      }
    }
    expect(problem('staff link')).toMatch(/staff link <id>/)
    expect(problem('staff link')).not.toMatch(/staff add|key create/)
    expect(problem('staff')).toMatch(/staff add[\s\S]*staff leave/)
    expect(problem('staff')).not.toMatch(/key create/)
    expect(problem('doctor --jsn')).toMatch(/doctor \[--json\]/)
    expect(problem('no-such')).toMatch(/staff add[\s\S]*key create[\s\S]*doctor/)
  })

  test.each([
    '--role intake --territory a',
    '--name A --territory a',
    '--name A --role boss --territory a',
    '--name A --role intake',
  ])('staff add %s is rejected', (line) => {
    expect(() => words(`staff add ${line}`)).toThrow('npm run ryadom')
  })
})
