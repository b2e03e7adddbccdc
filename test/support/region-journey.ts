import { expect } from 'vitest'
import type { RegionCode } from '#regions/index.ts'
import { keyOf } from './api.ts'
import { adultSubmits, after, parentAnswers, upTo } from './intake.ts'
import { type Office, openOffice } from './office.ts'
import { staffIdOf } from './submitted.ts'
import { workPasses } from './waiting.ts'
import { openWorld } from './world.ts'

const noonOf = (day: string) => `${day}T09:00:00Z`

/** A parent's way through a region's own stages: everything by the bot, the staff API and the clock. It begins on a Tuesday. */
export const openRegionJourney = async (region: RegionCode, place: string, at: string) => {
  const world = await openWorld({ region, at: noonOf('2026-11-24') })
  const office: Office = await openOffice(world)
  const anna = await world.staff('Анна', [at])
  const curator = await world.staff('Ирина', [at], 'curator')
  const supervisor = await world.staff('Елена', [at], 'supervisor')
  const key = await keyOf(world)
  const olga = world.person({ firstName: 'Ольга' })
  const answers = parentAnswers()
  await olga.play([
    ...upTo(answers, 'question.territory'),
    [place, 'question.circumstances'],
    ['Остальное потом', 'question.safeContact'],
    ['Писать и звонить', 'question.phone'],
    [(chat) => chat.shareContact(), 'question.supportRequest'],
    ...after(answers, 'question.supportRequest'),
    ...adultSubmits,
  ])
  await expect.poll(() => anna.text(), { timeout: 30_000 }).toMatch(/2026-000001/)
  await anna.tap('Взять')
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  let familyId = ''

  const reads = async (words: RegExp) => olga.play([['/status', words]])
  const heard = { text: 'Здравствуйте, мы всё получили.' }
  expect((await key.post(`/requests/${id}/messages`, heard)).status).toBe(201)
  const path = () => `/families/${familyId}`

  return {
    ...{ world, key, olga, curator, supervisor, reads },
    family: () => familyId,
    /** Before there is a case, staff move the request; each stage on its day. */
    moves: async (steps: readonly (readonly [day: string, to: string, words: RegExp])[]) => {
      for (const [day, to, words] of steps) {
        world.clock.set(noonOf(day))
        expect(await key.post(`/requests/${id}/transition`, { to })).toMatchObject({ status: 200 })
        await reads(/./)
        await olga.play([['Все шаги', words]])
      }
    },
    /** The centre agrees to support; the family agrees with its curator. */
    accepts: async (day: string, level: string, words: RegExp) => {
      world.clock.set(noonOf(day))
      const curatorId = await staffIdOf(world, 'Ирина')
      const agreed = { to: 'closed', outcome: 'support-agreed', curatorId, level }
      const closed = await key.post(`/requests/${id}/transition`, agreed)
      expect(closed).toMatchObject({ status: 200 })
      familyId = (closed.body as { familyId: string }).familyId
      await reads(words)
      await olga.play([
        ['Ваш куратор: подходит?', /Ваш куратор – Ирина/],
        ['Согласны', /Записали: согласны/],
      ])
    },
    /** The curator records what happened that day; what the family reads then. */
    records: async (steps: readonly (readonly [day: string, what: string, words: RegExp])[]) => {
      for (const [day, what, words] of steps) {
        world.clock.set(noonOf(day))
        await curator.byHand(`-.f-event.${familyId}`)
        const number = new RegExp(`(\\d+)\\. ${what}`).exec(curator.text())?.[1]
        expect(number, `«${what}» in: ${curator.text()}`).toBeDefined()
        await curator.play([
          [number ?? '', /В какой день/],
          ['Сегодня', new RegExp(`Записано: ${what}`)],
        ])
        await reads(words)
      }
    },
    /** What has no event of its own is a change of stage. */
    stands: async (day: string, to: string, words: RegExp) => {
      world.clock.set(noonOf(day))
      expect(await key.post(`${path()}/transition`, { to })).toMatchObject({ status: 200 })
      await reads(words)
    },
    /** Open terms by their code: the last day, and «default» where it is the product's. */
    due: async (): Promise<Record<string, string>> => {
      const { terms } = (await key.get(`${path()}/case`)).body as {
        terms: { code: string; dueOn: string; state: string; byDefault: boolean }[]
      }
      return Object.fromEntries(
        terms
          .filter(({ state }) => state === 'open')
          .map(({ code, dueOn, byDefault }) => [code, byDefault ? `${dueOn} default` : dueOn]),
      )
    },
    /** The day goes by, with everything that comes due on it. */
    passes: (day: string) => workPasses(world, office, `${day}T11:30:00Z`),
    /** Support ends and they stay in touch; three months later the family is asked, and answers. */
    ends: async (day: string, ground: string, asked: string) => {
      world.clock.set(noonOf(day))
      await curator.byHand(`-.f-end.${familyId}`)
      await curator.play([
        [ground, /Остаётесь на связи с семьёй/],
        ['Закончить, быть на связи', /Сопровождение закончено/],
      ])
      await reads(/Сопровождение закончено/)
      await workPasses(world, office, `${asked}T11:30:00Z`)
      await olga.play([
        ['/menu', /Сопровождение семьи закончено/],
        ['Как у вас сейчас?', /Как у вас сейчас/],
        ['Лучше', /Записали: лучше/],
      ])
    },
  }
}
