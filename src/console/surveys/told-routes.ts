import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { dropDraft, readDraft, saveDraft } from '#features/staff/staff-drafts.ts'
import { surveysToChoose } from '#features/surveys/results/choices.ts'
import {
  halfOf,
  takeBackTold,
  tellFamilies,
  toldInReach,
  toldMonths,
} from '#features/surveys/tell-families.ts'
import type { Reader } from '#storage/database.ts'
import { type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { surveyPaths } from './tabs.ts'
import { type ToldDraft, toldCheckPage, toldPage } from './told-pages.ts'

const supervisors = ['supervisor'] as const
const draftForm = 'surveys.told'
/** As many items as a page has room for; families see the newest first, too. */
const itemsShown = 30

const fields = z.object({
  survey: z.string().max(40),
  said: z.string().max(4000),
  done: z.string().max(4000),
  territory: z.string().max(64),
})

/** What was done because of answers, told to families: typed, looked at as they read it, published, taken back. */
export const registerTold = (console: Console): void => {
  const { deps } = console
  const { told } = surveyPaths

  const draftOf = async (reader: Reader, { staff, now }: Visit): Promise<ToldDraft | null> => {
    const kept = await readDraft(reader, deps.sealer, { staffId: staff.id, form: draftForm, now })
    return fields
      .nullable()
      .catch(null)
      .parse(kept?.fields ?? null)
  }
  /** Throws `not-found`: it was published meanwhile, or is older than a day. */
  const typed = async (reader: Reader, visit: Visit): Promise<ToldDraft> => {
    const draft = await draftOf(reader, visit)
    if (!draft) throw new DomainError('not-found')
    return draft
  }

  page(console, told, { for: supervisors }, async (visit) => {
    const { database } = deps
    return toldPage(visit, {
      surveys: await surveysToChoose(database),
      draft: await draftOf(database, visit),
      items: await toldInReach(database, deps, { staff: visit.staff, limit: itemsShown }),
    })
  })

  form(console, told, { for: supervisors, fields }, async (tx, { staff, now, fields }) => {
    for (const half of ['said', 'done'] as const)
      if (halfOf(fields[half]) === null) throw new DomainError('invalid-input', { field: half })
    await saveDraft(tx, deps.sealer, { staffId: staff.id, form: draftForm, fields, now })
    return { to: `${told}/check` }
  })

  page(console, `${told}/check`, { for: supervisors }, async (visit) => {
    const until = dayAt(visit.now, deps.region.timeZone)
    const from = until.subtract({ months: toldMonths }).toString()
    return toldCheckPage(visit, { draft: await typed(deps.database, visit), from, until: until.toString() })
  })

  form(console, `${told}/publish`, { for: supervisors }, async (tx, visit) => {
    const { staff, now } = visit
    const { territory, ...item } = await typed(tx, visit)
    const where = territory === 'all' ? null : territory
    await tellFamilies(tx, deps, { staff, item: { ...item, territory: where }, now })
    await dropDraft(tx, { staffId: staff.id, form: draftForm })
    return { to: told, done: 'told' }
  })

  form(
    console,
    `${told}/:id/take-back`,
    { for: supervisors, params: z.object({ id: z.uuid() }) },
    async (tx, { staff, now, params: { id } }) => {
      await takeBackTold(tx, deps, { staff, id, now })
      return { to: told, done: 'takenBack' }
    },
  )
}
