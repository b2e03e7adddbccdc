import { DomainError } from '#core/errors.ts'
import type { Screen } from '#dialogue/screen.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { familyForMember } from '#features/families/family-for-member.ts'

/** Which of their families the person looks at; one account may belong to several. */
export const familiesScreen: Screen<'families'> = {
  draw: ({ say, session, who }) => {
    const families = who?.families ?? []
    if (families.length === 0) throw new DomainError('not-found')
    const pen = createPen(say, session.revision)
    const current = familyForMember(who, session.familyId)
    const rows = families.map(({ id, number }) => {
      const mark = id === current.id ? '✓ ' : ''
      return [pen.button(mark + say.label('families.one', { number }), 'set', id)]
    })
    return pen.card('families', say.t('families.title'), rows)
  },
  tap: (turn, _, tap) => {
    if (tap.action !== 'set') return null
    const { id, number } = familyForMember(turn.who, tap.arg)
    turn.session.familyId = id
    return { to: { name: 'home' }, toast: turn.say.label('families.chosen', { number }) }
  },
}
