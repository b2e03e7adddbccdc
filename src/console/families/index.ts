import { z } from 'zod'
import { familyForStaff, familyNames } from '#features/families/caseload.ts'
import { type FamilyListAsked, familyViews, listFamiliesForStaff } from '#features/worklist/family-list.ts'
import { supportLevels } from '#storage/families/families.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form, page } from '../routes.ts'
import { registerActPages } from './act-pages.ts'
import { registerCardPages } from './card-pages.ts'
import { familyListPage, type ShownNames } from './family-list-page.ts'
import { registerLevel } from './level-routes.ts'
import { registerNeedForms } from './need-forms.ts'
import { registerPeopleActPages } from './people-act-pages.ts'
import { registerPeopleForms } from './people-forms.ts'
import { registerStateForms } from './state-forms.ts'
import { registerBesideTalk } from './replies-page.ts'
import { registerTalkForms } from './talk-forms.ts'

const pageSize = 25
const listQuery = z.object({
  view: z.enum(familyViews),
  stage: z.string().min(1).max(64),
  level: z.enum([...supportLevels, 'none']),
  visited: z.literal('less'),
  page: z.coerce.number().int().min(1).max(100_000),
  /** The family whose names were asked for. */
  names: z.uuid(),
})

/** «Семьи». */
export const registerFamilies = (console: Console): void => {
  console.served.add('families')
  registerList(console)
  registerCardPages(console)
  registerActPages(console)
  registerPeopleActPages(console)
  registerTalkForms(console)
  registerBesideTalk(console)
  registerPeopleForms(console)
  registerStateForms(console)
  registerLevel(console)
  registerNeedForms(console)
}

const registerList = (console: Console): void => {
  const { deps } = console

  page(console, '/console/families', { for: staffRoles, query: listQuery }, async (visit) => {
    const { staff, now, query } = visit
    const { view, stage, level, visited } = query
    const known = deps.region.stages.find((one) => one === stage)
    const asked: FamilyListAsked = { view, level, stage: known, notVisited: visited === 'less' }
    const whose = { staff, now, page: (query.page ?? 1) - 1, size: pageSize }
    const found = await listFamiliesForStaff(deps, { ...whose, ...asked })
    const familyId = found.items.find(({ id }) => id === query.names)?.id
    const shown: ShownNames =
      familyId === undefined
        ? null
        : {
            familyId,
            names: (
              await deps.database.transaction((tx) => familyNames(tx, deps.sealer, { staff, familyId, now }))
            ).members.flatMap(({ called }) => (called === '' ? [] : [called])),
          }
    return familyListPage(visit, { found, asked, shown })
  })

  form(
    console,
    '/console/families/:id/names',
    {
      for: staffRoles,
      params: z.object({ id: z.uuid() }),
      fields: z.object({ back: z.string().max(2000).startsWith('/console/families').optional() }),
    },
    async (tx, { staff, now, params: { id: familyId }, fields: { back = '/console/families' } }) => {
      await familyForStaff(tx, { staff, familyId, now })
      const to = new URL(back, 'http://console')
      to.searchParams.set('names', familyId)
      to.searchParams.delete('done')
      return { to: `${to.pathname}${to.search}` }
    },
  )
}
