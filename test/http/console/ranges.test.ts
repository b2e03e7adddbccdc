import { expect, test } from 'vitest'
import { partOf } from '#console/part-of-file.ts'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

test('which part of a file is asked for', () => {
  const file = { size: 1000, tag: '"a"' }
  const asked: [string | undefined, ReturnType<typeof partOf>][] = [
    [undefined, 'whole'],
    ['bytes=0-', { from: 0, to: 999 }],
    ['bytes=200-299', { from: 200, to: 299 }],
    ['bytes=990-5000', { from: 990, to: 999 }],
    ['bytes=-100', { from: 900, to: 999 }],
    ['bytes=-5000', { from: 0, to: 999 }],
    ['bytes=1000-', 'nowhere'],
    ['bytes=-0', 'nowhere'],
    ['bytes=300-200', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-9', 'whole'],
    ['lines=1-2', 'whole'],
    ['bytes=99999999999999999999-', 'whole'],
  ]
  for (const [range, part] of asked) expect(partOf({ range }, file), range).toEqual(part)
  expect(partOf({ range: 'bytes=0-9', ifRange: '"a"' }, file)).toEqual({ from: 0, to: 9 })
  for (const ifRange of ['"b"', 'W/"a"', 'Tue, 24 Nov 2026 07:00:00 GMT'])
    expect(partOf({ range: 'bytes=0-9', ifRange }, file)).toBe('whole')
  expect(partOf({ range: 'bytes=0-' }, { size: 0, tag: '"a"' })).toBe('nowhere')
})

test('a recording is heard from any place, by whoever may hear it', async () => {
  const { world, member, path, curatorId } = await openWithFamily({ inside: true })
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    ['Написать куратору', /./],
  ])
  olga.telegram.sendVoice(olga.id)
  await olga.settle()
  const irina = await atDesk(world, curatorId)
  const { text } = await irina.get(`/console${path}/talk?member=${olga.memberId}`)
  const [, voice = ''] = /<audio[^>]+src="([^"]+)"/.exec(text) ?? []
  const whole = await irina.get(voice)
  const { length } = Buffer.from(whole.text, 'latin1')
  const tag = whole.headers.get('etag') ?? ''
  expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes'])
  const part = await irina.get(voice, { range: 'bytes=1-3', 'if-range': tag })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toMatch(/^bytes 1-3\/\d+$/)
  expect(part.headers.get('content-length')).toBe('3')
  expect(part.headers.get('cache-control')).toBe('no-store')
  const beyond = await irina.get(voice, { range: 'bytes=99999999-' })
  expect(beyond.status).toBe(416)
  expect(beyond.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/)
  expect((await irina.get(voice, { range: 'bytes=1-3', 'if-range': '"other"' })).status).toBe(200)
  expect(length).toBeGreaterThan(0)

  await world.staff('Вера', ['oktyabrsky'], 'supervisor')
  const vera = await atDesk(world, await staffIdOf(world, 'Вера'))
  expect((await vera.get(voice, { range: 'bytes=1-3' })).status).toBe(404)
  world.telegram.faults.failNext('getFile', 1, { code: 400 })
  const away = await irina.get(voice, { range: 'bytes=1-3' })
  expect([away.status, away.headers.get('content-range')]).toEqual([502, null])
})

test('a file that comes after its reader has left is not handed out, and the audit says so', async () => {
  const { world, member, path, curatorId } = await openWithFamily({ inside: true })
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    ['Написать куратору', /./],
  ])
  olga.telegram.sendVoice(olga.id)
  await olga.settle()
  const irina = await atDesk(world, curatorId)
  const { text } = await irina.get(`/console${path}/talk?member=${olga.memberId}`)
  const [, voice = ''] = /<audio[^>]+src="([^"]+)"/.exec(text) ?? []
  const held = world.telegram.faults.holdNext('getFile')
  const asked = irina.get(voice)
  await held.reached
  const elena = await atDesk(world, await staffIdOf(world, 'Елена'))
  expect((await elena.send(`/console/staff/${curatorId}/end-access`)).status).toBe(303)
  held.release()
  const answer = await asked
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([401, null])
  expect(await auditOf(world, curatorId)).toContain('console.file-withheld')
  expect((await irina.get(voice)).status).toBe(401)
})
