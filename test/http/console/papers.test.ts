import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { letter, of, openDesk as _o } from '#test/support/desk.ts'
import { openWorld } from '#test/support/world.ts'
import { keyOf } from '#test/support/api.ts'
import { staffIdOf } from '#test/support/submitted.ts'

test('probe', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true })
  await world.staff('Анна', ['leninsky'])
  const key = await keyOf(world)
  const made = of(await key.post('/requests', { ...letter, helpKinds: ['psychological'] }))
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
  const at = `/console/requests/${made.id}`
  console.log((await desk.get(at)).status)
  const page = await desk.get(`${at}/papers`)
  console.log(page.status, page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 3000))
  mkdirSync('/tmp/papers', { recursive: true })
  for (const code of ['application', 'personal-data', 'special-categories', 'data-sharing']) {
    const pdf = await fetch(new URL(`${at}/papers/${code}`, world.app().url), { headers: { cookie: desk.cookie() } })
    expect(pdf.status, code).toBe(200)
    writeFileSync(`/tmp/papers/${code}.pdf`, Buffer.from(await pdf.arrayBuffer()))
  }
})
