import { z } from 'zod'
import type { Tx } from '#storage/database.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { nothing, Shape } from '../console.ts'
import {
  type Console,
  type FormCall,
  type FormSpec,
  form,
  type PageCall,
  type PageSpec,
  page,
} from '../routes.ts'
import type { Again, Next, Page, Visit } from '../visit.ts'
import { familyStands, type RestingAct } from './family-standing.ts'

export const withFamily = z.object({ id: z.uuid() })

/** Of which family, by whom and when: what every feature of a family begins with. */
export type OfFamily = { staff: StaffMember; familyId: string; now: Date }

const ofFamily = ({ staff, now, params }: Visit & { params: unknown }): OfFamily => ({
  ...{ staff, now },
  familyId: withFamily.parse(params).id,
})

type Part = '' | `/${string}`

/** Registers a page of one family; parameters besides the family's go by `params`, with its own. */
export const familyPageAt = <P extends Shape = typeof withFamily, Q extends Shape = typeof nothing>(
  console: Console,
  part: Part,
  spec: PageSpec<P, Q>,
  draw: (call: PageCall<P, Q>, of: OfFamily) => Promise<Page>,
): void =>
  page(console, `/console/families/:id${part}`, { params: withFamily as unknown as P, ...spec }, (call) =>
    draw(call, ofFamily(call)),
  )

/** Registers a form of one family. `rests`: on what of it, which others may change while the page is open. */
export const familyForm = <P extends Shape = typeof withFamily, F extends Shape = typeof nothing>(
  console: Console,
  part: Part,
  { rests, ...spec }: Omit<FormSpec<P, F>, 'stands'> & { rests?: RestingAct },
  carryOut: (tx: Tx, call: FormCall<P, F>, of: OfFamily) => Promise<Next | Again>,
): void => {
  const stands = rests && familyStands(rests)
  form(
    console,
    `/console/families/:id${part}`,
    {
      ...{ params: withFamily as unknown as P, ...spec },
      ...(stands && {
        stands: (tx: Tx, call: Visit & { params: z.output<P> }) => stands(tx, call, ofFamily(call).familyId),
      }),
    },
    (tx, call) => carryOut(tx, call, ofFamily(call)),
  )
}
