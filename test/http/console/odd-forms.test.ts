import { expect, test } from 'vitest'
import type { StaffRole } from '#storage/staff/staff.ts'
import { openConsoleMatrix, pathOf } from '#test/support/console-matrix.ts'
import { answerOf } from '#test/support/console-cells.ts'
import type { ConsoleRoute } from '#test/support/console-routes.ts'
import { long } from '#test/support/effort.ts'
import type { Visited } from '#test/support/results-page.ts'
import { drawnForm, wordsOf } from '#test/support/drawn-forms.ts'

// Odd words in every field of every form, as the router and the pages know them: a new form is tried without being named here.

/** In one field: short enough for a name. */
const odd = '<i>x</i>\u202Eأهلا\u202C👩‍👩‍👧‍👦'
/** In every field at once. */
const everywhere = {
  '200 letters': 'Щ'.repeat(200),
  'nothing seen': '\u200B\u0000',
  script: `"><script>alert(1)</script>${odd}`,
}

const raw = /<i>x<\/i>|<script>alert|\u202E|\0/

/** Codes and numbers that the page puts there, and people do not type. */
const notTyped = new Set([
  'revision',
  'shown',
  'mark',
  'seen',
  'act',
  'page',
  'back',
  'form',
  'typed',
  'answer',
])

/** What a form needs besides, so that one odd field is all that may be wrong with it. */
const fitting: Readonly<Record<string, Record<string, string>>> = {
  '/console/families/:id/invite': { role: 'parent', name: 'Олег' },
  '/console/requests/new/appeal': { ground: 'consent', name: 'Ольга' },
  '/console/settings/keys': { scopes: 'requests:read', territories: 'leninsky', days: '30' },
  '/console/settings/places': {
    'name.ru': 'Столовая',
    'whatFor.ru': 'Обед',
    phone: '88002000122',
    territory: '',
  },
  '/console/settings/replies': { 'title.ru': 'Как дела', 'plain.ru.adult': 'Как вы?' },
  '/console/settings/territories': { code: 'zarechye', ru: 'Заречье', en: 'Zarechye' },
  '/console/settings/territories/:code': { ru: 'Заречье', en: 'Zarechye' },
  '/console/settings/words': { words: '' },
  '/console/staff': { territories: 'leninsky', name: 'Вера' },
  '/console/staff/:id/rights': { territories: 'leninsky', name: 'Вера' },
  '/console/surveys/told': {
    survey: 'after-visit',
    said: 'Долго ждать',
    done: 'Стало быстрее',
    territory: 'leninsky',
  },
}

/** What is never carried out here, whatever is typed. */
const neverTaken = [
  // Neither urgent nor withdrawn; nothing is blocked, no device answers, and no report is demanded.
  '/console/requests/:id/calm',
  '/console/me/passkeys',
  '/console/families/:id/plan/publish',
  '/console/reports/quarter/:period/correct',
  '/console/settings/territories/:code',
  '/console/data-requests/:id/look',
  // A code, number or hour of what the page offers.
  '/console/requests/:id/stage',
  '/console/incoming/:id/family',
  '/console/families/:id/stage',
  '/console/families/:id/ask',
  '/console/families/:id/needs',
  '/console/families/:id/visits',
  // Words with signs alarm nobody, an address is one, and the rows of the matrix have filled the list of answers.
  '/console/settings/words',
  '/console/settings/webhooks',
  '/console/settings/replies',
]

const filled = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

const nameOf = ({ path }: ConsoleRoute) => path

test('odd words in any field of any form are kept as words, or come back as words', {
  timeout: 900_000,
}, async () => {
  const { world, own, routes, desks, fresh, smallest } = await openConsoleMatrix()
  // Nothing is kept from her: keys, receivers, surveys.
  await world.database.prisma.staffMember.updateMany({
    where: { name: 'supervisor' },
    data: { administers: true },
  })
  const { number } = await world.database.prisma.family.findUniqueOrThrow({ where: { id: own.familyId } })
  const needed: typeof fitting = { ...fitting, '/console/data-requests/new': { number: `${number}` } }
  const pages = routes.filter(({ method, file, roles }) => method === 'GET' && !file && roles !== null)
  const forms = routes.filter(({ method, roles }) => method === 'POST' && roles !== null)
  const taken = new Set<string>()
  const tried = new Map<string, string[]>()
  const wrong: string[] = []
  const look = (of: string, { status, text }: Visited, fine: readonly number[]) => {
    if (!fine.includes(status)) wrong.push(`${of}: ${status}`)
    const found = raw.exec(text)
    if (found) wrong.push(`${of}: ${text.slice(found.index - 40, found.index + 40)}`)
  }
  for (const [turn, route] of forms.entries()) {
    const role = ((route.roles ?? []).find((one) => answerOf(one, `POST ${route.path}`) === 'done') ??
      route.roles?.[0]) as StaffRole
    const desk = desks[role]
    const open = async () => {
      const rows = await fresh(route, role)
      const path = pathOf(route, rows)
      // The page that has the form: its own, that of the folder above, or that of a new one.
      const near = pages.filter(
        (page) => route.path.startsWith(page.path) || page.path === `${route.path}/new`,
      )
      for (const page of near.toReversed()) {
        const form = drawnForm((await desk.get(pathOf(page, rows))).text, path)
        if (form) return { path, drawn: form }
      }
      return { path, drawn: null }
    }
    let at = await open()
    const base = () => ({ ...smallest(route), ...filled(at.drawn?.fields ?? {}), ...needed[route.path] })
    const fields = [...new Set([...wordsOf(route.fields), ...(at.drawn?.words ?? [])])].filter(
      (name) => !notTyped.has(name),
    )
    tried.set(nameOf(route), fields)
    const send = async (typed: Record<string, string>, what: string) => {
      const answer = await desk.send(at.path, { ...base(), ...typed })
      const of = `${nameOf(route)}: ${what}`
      look(of, answer, [200, 204, 303, 404, 409, 422])
      if ([200, 303].includes(answer.status)) taken.add(nameOf(route))
      const to = answer.headers.get('location')
      if (to === null) return

      const shown = await desk.get(to)
      look(`${of}, shown`, shown, [200])
      at = await open()
    }
    for (const name of fields) await send({ [name]: odd }, name)
    // In the check each form has one of them, by turns.
    const said = Object.entries(everywhere)
    if (fields.length > 0)
      for (const [what, words] of long ? said : said.slice(turn % said.length).slice(0, 1))
        await send(Object.fromEntries(fields.map((name) => [name, words])), what)
  }
  const withWords = [...tried].filter(([, fields]) => fields.length > 0).map(([name]) => name)
  expect(wrong).toEqual([])
  expect(withWords.filter((name) => !taken.has(name))).toEqual(
    withWords.filter((name) => neverTaken.includes(name)),
  )
})
