import { newId } from '#core/ids.ts'
import { sealPlan } from '#features/plan/open-plan.ts'
import { planSchema } from '#features/plan/plan-document.ts'
import { sealCatalogue } from '#features/plan/sealed-catalogue.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Dice } from './dice.ts'
import { add, at, dayAfter, type Rows } from './quarter-row.ts'

const kinds = ['medical', 'legal', 'pedagogical', 'psychological', 'social']
const catalogue = ['adult-employment', 'minor-employment', 'minor-education', 'alcohol-help', 'my-baby']

/** Plans of a family and what of them took place, for `fillQuarter`. */
export const addHelp = (
  rows: Rows,
  { dice, sealer, id: familyId }: { dice: Dice; sealer: Sealer; id: string },
): void => {
  // One in fifty was published before the catalogue had a column.
  const earlier = dice.chance(0.02)
  const planned = Array.from({ length: dice.below(5) }, (_, place) => ({
    id: newId(),
    code: `a${place}`,
    kind: dice.pick(kinds) ?? 'social',
    named: dice.chance(0.4) ? dice.pick(catalogue) : undefined,
    lastOn: dayAfter('2026-08-01', dice.below(220)),
  }))
  for (const { id, code, kind, named, lastOn } of planned) {
    const sealed = named ? sealCatalogue(sealer, { familyId, code }, named) : ''
    const status = dice.chance(0.3) ? 'done' : 'planned'
    add(rows, 'activities', {
      ...{ id, family_id: familyId, code, kind, audience: 'family', member_ids: [], first_on: '2026-07-01' },
      ...{ last_on: lastOn, status, added_in: 1, catalogue: earlier ? null : sealed },
    })
    if (named) add(rows, 'truth_help', { id, code: named })
    const mark = (on: string, happened: boolean, moment: string) =>
      add(rows, 'activity_marks', { activity_id: id, on, author: 'staff', happened, at: moment })
    if (dice.chance(0.5))
      mark(dayAfter('2026-08-01', dice.below(180)), dice.chance(0.8), '2027-03-01T00:00:00Z')
    // Reported before its last day, at ten in the evening of the 31st by UTC: in Moscow the new quarter has begun.
    else if (dice.chance(0.2))
      mark(lastOn, true, dice.chance(0.5) ? '2026-12-31T20:59:59Z' : '2026-12-31T22:00:00Z')
  }
  if (earlier && planned.length > 0)
    add(rows, 'plan_versions', {
      ...{
        id: newId(),
        family_id: familyId,
        version: 1,
        level: 'basic',
        from: '2026-07-01',
        until: '2027-06-30',
      },
      ...{
        document: sealPlan(sealer, { familyId, version: 1 }, planWith(planned)),
        activities: planned.length,
        at,
      },
      confidential_only: false,
    })
}

const planWith = (planned: readonly { code: string; kind: string; named: string | undefined }[]) =>
  planSchema.parse({
    ...{
      level: 'basic',
      from: '2026-07-01',
      until: '2027-06-30',
      goal: 'Цель',
      tasks: ['Дело'],
      results: ['Итог'],
    },
    activities: planned.map(({ code, kind, named }) => ({
      ...{ code, title: 'Дело', plain: 'Дело', kind, responsible: 'Ирина', audience: 'family' },
      ...(named && { catalogueCode: named }),
      when: { kind: 'span', from: '2026-07-01', until: '2027-06-30' },
    })),
  })
