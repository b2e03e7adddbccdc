import { DomainError } from '#core/errors.ts'
import type { Stateless } from '#dialogue/registry.ts'
import type { Tap } from '#dialogue/callback-data.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { Session } from '#dialogue/session.ts'
import { whatIsKept } from '#features/my-data/what-is-kept.ts'
import { lookedAt } from '#features/my-data/who-looked.ts'
import type { Snapshot } from '#storage/people.ts'
import { looksView, myDataView, nothingKeptView } from './my-data-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'my-data': Stateless
    'my-data-looks': Stateless
  }
  interface Links {
    'my-data': 'my-data'
    'my-data-looks': 'my-data-looks'
  }
}

/** Whoever nothing is kept of has nothing to see. Throws `not-found`. */
export const ownerOf = ({ who }: Pick<Turn, 'who'>): Snapshot => {
  if (!who) throw new DomainError('not-found')
  return who
}

/** Back from what was opened there. */
export const backToMyData = (_: Turn, __: unknown, tap: Tap): Step | null =>
  tap.action === 'back' ? { to: { name: 'my-data' } } : null

/** What is kept about the person, by purpose, and what they can do about it. */
export const myDataScreen = defineScreen({
  name: 'my-data',
  aside: true,
  links: { 'my-data': () => ({ to: { name: 'my-data' } }) },
  commands: {
    mydata: {
      description: 'myData.command',
      menus: { everyone: 6 },
      run: () => ({ to: { name: 'my-data' } }),
    },
  },
  draw: async (turn) => {
    const { who, deps, builder, now, session } = turn
    if (!who) return nothingKeptView(builder, { waiting: isWaiting(session) })
    const kept = await whatIsKept(deps.database, deps, who)
    return myDataView(builder, { kept, region: deps.region, now })
  },
  tap: ({ who, say }, _, tap) =>
    tap.action === 'yes' && !who
      ? { to: { name: 'my-data' }, forget: true, notice: say.t('myData.wiped') }
      : null,
})

/** Of somebody who has not agreed to be known: what they have written is in the session only. */
const isWaiting = ({ answers, held, invited, forget }: Session): boolean =>
  forget === undefined && (answers !== undefined || held !== undefined || invited !== undefined)

/** Who opened it, by role and day. */
export const looksScreen = defineScreen({
  name: 'my-data-looks',
  aside: true,
  links: { 'my-data-looks': () => ({ to: { name: 'my-data-looks' } }) },
  draw: async (turn) => {
    const { deps, now, builder } = turn
    const { person, families } = ownerOf(turn)
    const looks = await lookedAt(deps.database, deps.region, person.id)
    return looksView(builder, { looks, member: families.length > 0, region: deps.region, now })
  },
  tap: backToMyData,
})
