import { DomainError } from '#core/errors.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    families: Stateless
  }
  interface Links {
    families: 'families'
  }
}

/** Chooses one of the person's families; an account may belong to several. */
export const familiesScreen = defineScreen({
  name: 'families',
  aside: true,
  links: { families: () => ({ to: { name: 'families' } }) },
  commands: {
    families: { description: 'commands.families', menus: { staff: 3 }, run: (turn) => openFamilies(turn) },
  },
  draw: ({ say, session, who, builder }) => {
    const families = who?.families ?? []
    if (families.length === 0) throw new DomainError('not-found')
    const current = familyForMember(who, session.familyId)
    const rows = families.map(({ id, number }) => {
      const mark = id === current.id ? '✓ ' : ''
      return [builder.button(mark + say.label('families.one', { number }), 'set', id)]
    })
    return builder.card('families', say.t('families.title'), rows)
  },
  tap: (turn, _, tap) => {
    if (tap.action !== 'set') return null
    const { id, number } = familyForMember(turn.who, tap.arg)
    turn.session.familyId = id
    return { to: { name: 'home' }, toast: turn.say.label('families.chosen', { number }) }
  },
})

/** Opens the caseload for staff, and for members the families that they belong to. */
const openFamilies = ({ who, say }: Turn): Step => {
  if (who?.staff?.active) return { to: { name: 'caseload' } }
  if (who && who.families.length > 0) return { to: { name: 'families' } }
  return { to: { name: 'home' }, notice: say.t('card.unknownCommand') }
}
