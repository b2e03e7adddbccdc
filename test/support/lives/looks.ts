import { expect } from 'vitest'
import { blockedText, erasedText } from '#core/withheld.ts'
import { atDesk } from '#test/support/console.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { standOf } from './life.ts'
import type { Lives } from './open-lives.ts'

const commands = ['/menu', '/messages', '/plan', '/visits', '/status', '/settings', '/mydata']

/** Opens what the family, staff and other systems can open: nothing fails, and no sign stands where people read. */
export const lookAround = async (lives: Lives): Promise<void> => {
  const { people, key, path, familyId, world } = lives
  for (const life of people) {
    const { isHidden, personId } = await standOf(lives, life)
    if (isHidden || personId === null) continue
    for (const command of commands) await life.chat.say(command)
  }
  for (const part of [
    '',
    '/details',
    '/messages',
    '/plan',
    '/visits',
    '/notes',
    '/members',
    '/safety',
    '/needs',
  ])
    expect((await key.get(`${path}${part}`)).status, part).toBeLessThan(500)
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  const requests = await world.database.prisma.request.findMany({ select: { id: true } })
  const pages = [
    ...[`/console/families/${familyId}`, `/console/families/${familyId}/plan`, '/console/families'],
    ...requests.flatMap(({ id }) => [`/console/requests/${id}`, `/console/requests/${id}?show=words`]),
  ]
  for (const page of pages) {
    const { status, text } = await desk.get(page)
    expect(status, page).toBeLessThan(500)
    expect(text.includes(erasedText) || text.includes(blockedText), `a sign stands on ${page}`).toBe(false)
  }
}
