import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import { addPlace, changePlace, dropPlace, placeTopics } from '#features/guide/places.ts'
import type { Reader } from '#storage/database.ts'
import { type Place, placeAudiences, placeContent, placesIn } from '#storage/guide/places.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { listed } from '../listed.ts'
import { neighbours } from './neighbours.ts'
import { type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { askSettingsPage } from './key-pages.ts'
import { placePage, placesOnPage, placesPage, placesPath, type PlaceTyped } from './place-pages.ts'

const supervisors = ['supervisor'] as const
/** The guide has to work while the database is away, so instances hold the places in memory. */
const changesLists = true
const params = z.object({ id: z.uuid() })
const line = z.string().max(1000).overwrite(cleanText).default('')
const fields = z.object({
  ...{ 'name.ru': line, 'name.en': line, 'whatFor.ru': line, 'whatFor.en': line },
  ...{ 'hours.ru': line, 'hours.en': line, 'address.ru': line, 'address.en': line },
  phone: line,
  territory: z.string().max(64).default(''),
  audience: z.enum(placeAudiences).catch('everyone'),
  topics: listed(z.enum(placeTopics as [string, ...string[]])),
})
const orderFields = z.object({ act: z.string().max(60), page: z.string().max(4).default('1') })

/** «Куда обратиться»: places outside the centre, in its territories and everywhere. */
export const registerPlaces = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  const found = async (reader: Reader, { staff, params }: Visit & { params: { id: string } }) => {
    const place = (await placesOf(reader, staff)).find(({ id }) => id === params.id)
    if (!place) throw new DomainError('not-found')
    return place
  }

  page(
    console,
    placesPath,
    { for: supervisors, query: z.object({ page: z.coerce.number().int().min(1).max(20) }) },
    async (visit) => {
      const all = await placesOf(database, visit.staff)
      const last = Math.max(0, Math.ceil(all.length / placesOnPage) - 1)
      return placesPage(visit, all, Math.min((visit.query.page ?? 1) - 1, last))
    },
  )

  page(console, `${placesPath}/new`, { for: supervisors }, async (visit) =>
    placePage(visit, { place: null, typed: null }),
  )

  form(console, placesPath, { for: supervisors, fields, changesLists }, async (tx, visit) => {
    const { staff, now, fields: typed } = visit
    const given = givenIn(visit, typed)
    if ('problems' in given)
      return { again: placePage(visit, { place: null, typed, problems: given.problems }) }
    const id = await addPlace(tx, { ...given, by: { staff }, region: deps.region, now })
    return { to: `${placesPath}/${id}`, done: 'placeSaved' }
  })

  form(
    console,
    `${placesPath}/order`,
    { for: supervisors, fields: orderFields, changesLists },
    async (tx, { staff, now, fields: { act, page } }) => {
      for (const { id, position } of neighbours(await placesOf(tx, staff), act))
        await changePlace(tx, { id, position, by: { staff }, region: deps.region, now })
      return { to: `${placesPath}?page=${Number(page) || 1}` }
    },
  )

  page(console, `${placesPath}/:id`, { for: supervisors, params }, async (visit) =>
    placePage(visit, { place: await found(database, visit), typed: null }),
  )

  form(
    console,
    `${placesPath}/:id`,
    { for: supervisors, params, fields, changesLists },
    async (tx, visit) => {
      const { staff, now, fields: typed } = visit
      const place = await found(tx, visit)
      const given = givenIn(visit, typed)
      if ('problems' in given) return { again: placePage(visit, { place, typed, problems: given.problems }) }
      await changePlace(tx, { id: place.id, ...given, by: { staff }, region: deps.region, now })
      return { to: `${placesPath}/${place.id}`, done: 'placeSaved' }
    },
  )

  form(
    console,
    `${placesPath}/:id/checked`,
    { for: supervisors, params, changesLists },
    async (tx, visit) => {
      const { staff, now } = visit
      const { id } = await found(tx, visit)
      await changePlace(tx, { id, by: { staff }, region: deps.region, now })
      return { to: `${placesPath}/${id}`, done: 'placeChecked' }
    },
  )

  page(console, `${placesPath}/:id/remove`, { for: supervisors, params }, async (visit) => {
    const { say } = visit
    const { id, content } = await found(database, visit)
    return askSettingsPage(visit, {
      part: 'places',
      title: say.label('consoleSettings.removeOf', { name: content.name.ru }),
      what: say.label('consoleSettings.places.removeWhat'),
      yes: say.label('consoleSettings.remove'),
      ...{ action: `${placesPath}/${id}/remove`, back: `${placesPath}/${id}` },
    })
  })

  form(console, `${placesPath}/:id/remove`, { for: supervisors, params, changesLists }, async (tx, visit) => {
    const { staff, now } = visit
    const { id } = await found(tx, visit)
    await dropPlace(tx, { id, by: { staff }, now })
    return { to: placesPath, done: 'placeRemoved' }
  })
}

/** Those that somebody keeps: of their territories, and those for everywhere. */
const placesOf = async (
  reader: Reader,
  { territories }: Pick<StaffMember, 'territories'>,
): Promise<Place[]> =>
  (await placesIn(reader)).filter(({ territory }) => territory === null || territories.includes(territory))

type Given = Pick<Place, 'territory' | 'audience' | 'topics' | 'content'>

/** The place that was typed, or what does not fit, by field. */
const givenIn = (
  { say, staff }: Visit,
  typed: PlaceTyped & Pick<Place, 'audience'>,
): Given | { problems: string[] } => {
  const words = (name: 'name' | 'whatFor' | 'hours' | 'address') => {
    const [ru, en] = [typed[`${name}.ru`], typed[`${name}.en`]]
    return ru === '' && en === '' ? undefined : { ru, ...(en !== '' && { en }) }
  }
  const [hours, address] = [words('hours'), words('address')]
  const { data: content, error } = placeContent.safeParse({
    ...{ name: words('name'), whatFor: words('whatFor'), phone: typed.phone },
    ...(hours && { hours }),
    ...(address && { address }),
  })
  const territory = typed.territory === '' ? null : typed.territory
  const wrong = new Set((error?.issues ?? []).map(({ path }) => String(path[0])))
  if (territory !== null && !staff.territories.includes(territory)) wrong.add('territory')
  if (!content || wrong.size > 0)
    return { problems: [...wrong].map((field) => say.label(`consoleSettings.places.problems.${field}`)) }
  return { territory, audience: typed.audience, topics: [...typed.topics], content }
}
