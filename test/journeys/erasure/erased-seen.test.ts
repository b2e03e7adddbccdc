import { expect, test } from 'vitest'
import { blockedText, erasedText } from '#core/withheld.ts'
import { erase } from '#features/erasure/erase.ts'
import { entriesOf } from '#features/plan/spreadsheet/xlsx/unzip.ts'
import type { Chat } from '#test/support/chat.ts'
import { namedByButton } from '#test/support/button-ids.ts'
import { atDesk } from '#test/support/console.ts'
import { walkConsole } from '#test/support/console-walk.ts'
import { effort } from '#test/support/effort.ts'
import { openOffice } from '#test/support/office.ts'
import { told } from '#test/support/plan.ts'
import type { Visited } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { everyAction, openWhole, type WholeFamily } from '#test/support/whole-family.ts'

const signs = [erasedText, blockedText]

/** A family of whom the parent, or everybody, was erased; beside it a request whose applicant was. */
const openErased = async (who: 'parent' | 'family'): Promise<WholeFamily> => {
  const whole = await openWhole({ inside: true })
  const { world, familyId } = whole.family
  const { prisma } = world.database
  await world.staff('Анна', ['leninsky'])
  const office = await openOffice(world)
  const { personId } = await prisma.familyMember.findUniqueOrThrow({ where: { id: whole.olga.memberId } })
  const request = await prisma.request.findUniqueOrThrow({ where: { id: whole.ids.request ?? '' } })
  const of = who === 'parent' ? { person: personId ?? '' } : { family: familyId }
  const erasing = { ground: 'request', by: {}, now: world.clock.now() } as const
  await office.does((tx, deps) => erase(tx, deps, { of, ...erasing }))
  if (request.personId)
    await office.does((tx, deps) => erase(tx, deps, { of: { person: request.personId ?? '' }, ...erasing }))
  await told(world)
  return whole
}

/** What stands on a page, in a calendar or in a workbook. */
const textOf = ({ text, bytes }: Visited): string => {
  const parts = [...(entriesOf(bytes)?.values() ?? [])]
  return parts.length > 0 ? parts.map(({ read }) => read().toString('utf8')).join('\n') : text
}

const said = /данные (этого человека )?удалены/i

test.each(['parent', 'family'] as const)(
  'of an erased %s every page and file of the console speaks kindly',
  async (who) => {
    const { family, ids } = await openErased(who)
    const { world } = family
    const also = [
      ...['', '?show=words', '?show=contact', '/words', '/contact'].map(
        (part) => `/console/requests/${ids.request}${part}`,
      ),
      `/console/families/${ids.family}`,
      `/console/families/${ids.family}/talk?member=${ids.parent}`,
    ]
    const kind = new Set<string>()
    for (const name of ['Елена', 'Ирина', 'Анна']) {
      const opened = await walkConsole(await atDesk(world, await staffIdOf(world, name)), also)
      expect(opened.size, `pages of ${name}`).toBeGreaterThan(also.length)
      for (const [path, page] of opened) {
        expect(page.status, `${name} ${path}`).toBeLessThan(500)
        const text = textOf(page)
        for (const sign of signs) expect(text.includes(sign), `${sign} on ${path} of ${name}`).toBe(false)
        if (said.test(text)) kind.add(path)
      }
    }
    for (const part of ['', '?show=words', '/words'])
      expect([...kind]).toContain(`/console/requests/${ids.request}${part}`)
    const ofFamily = [...kind].filter((path) => path.includes(ids.family ?? ''))
    expect(ofFamily.length > 0, 'the plan of the family').toBe(who === 'family')
  },
)

/** All that stands in a chat: texts, captions, buttons, names of files. */
const allOf = (chat: Chat): string =>
  JSON.stringify(
    chat.messages().map(({ text, caption, document, reply_markup: { inline_keyboard: rows = [] } = {} }) => ({
      ...{ text, caption, file: document?.file_name },
      labels: rows.flat().map(({ text: label }) => label),
    })),
  )

/** Everybody taps each button; in the check they share the kinds of ids that it takes, by `npm run test:long` each tries all. */
const shared = effort('ERASED_IDS', { check: 1, full: 9 }) === 1

const shareOf = (action: string, turn: number, of: number): string[] => {
  const kinds = namedByButton[action] ?? ['family', 'parent', 'request']
  const at = turn % of
  if (!shared || kinds.length === 0) return kinds
  return at < kinds.length
    ? kinds.filter((_, index) => index % of === at)
    : kinds.slice(at % kinds.length).slice(0, 1)
}

test.each(['parent', 'family'] as const)(
  'of an erased %s every card of the bot speaks kindly',
  async (who) => {
    const { family, dasha, ids } = await openErased(who)
    const { curator, supervisor } = family
    const from = new Map([curator, supervisor, dasha].map((chat) => [chat, chat.messages().length]))
    const chats = [curator, supervisor, ...(who === 'parent' ? [dasha] : [])]
    for (const [place, chat] of chats.entries()) {
      for (const [turn, action] of everyAction.entries())
        for (const kind of shareOf(action, place + turn, chats.length))
          await chat.byHand(`-.${action}.${ids[kind] ?? ''}`)
      expect(chat.messages().length).toBeGreaterThan(from.get(chat) ?? 0)
      for (const sign of signs) expect(allOf(chat).includes(sign), `${sign} in a chat`).toBe(false)
    }
    await supervisor.byHand(`-.card.${ids.request}`)
    expect(supervisor.text()).toMatch(/Данные этого человека удалены/)
  },
)
