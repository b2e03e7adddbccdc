import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { defineScreen, type Turn } from '#dialogue/screen.ts'
import type { Button } from '#dialogue/view.ts'
import { type Hit, mostHits, searchWork } from '#features/worklist/search.ts'
import { findFamily } from '#storage/families/families.ts'
import { findRequest } from '#storage/requests/requests.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    find: z.infer<typeof findState>
  }
  interface Links {
    find: 'find'
  }
}

/** Only ids of what was found: the words that were searched for are kept nowhere. */
const findState = z.object({
  hits: z
    .array(z.object({ kind: z.enum(['request', 'family']), id: z.uuid() }))
    .max(mostHits)
    .optional(),
  /** There are others that are not shown. */
  more: z.literal(true).optional(),
})

/** Search by number, name or phone among what the member of staff may open. */
export const findScreen = defineScreen({
  name: 'find',
  state: findState,
  aside: true,
  varies: ['hits', 'more'],
  links: { find: ({ who }) => ({ to: { name: who?.staff?.active ? 'find' : 'home' } }) },
  commands: {
    find: {
      description: 'worklist.findCommand',
      menus: { staff: 5 },
      run: ({ who, say }) =>
        who?.staff?.active
          ? { to: { name: 'find' } }
          : { to: { name: 'home' }, notice: say.t('card.unknownCommand') },
    },
  },
  draw: async (turn, { hits, more }) => {
    const { who, say, builder } = turn
    if (!who?.staff?.active) throw new DomainError('not-found')
    if (!hits) return builder.card('find', say.t('worklist.find.ask'), [])
    const rows = (await Promise.all(hits.map((hit) => rowOf(turn, hit)))).filter((row) => row !== null)
    const text = paragraphs(
      hits.length === 0
        ? say.t('worklist.find.nothing')
        : say.t('worklist.find.found', { number: hits.length }),
      more && say.t('worklist.find.tooMany'),
    )
    return builder.card('find', text, [
      ...rows,
      [builder.button(say.label('worklist.buttons.again'), 'change')],
    ])
  },
  tap: (_, __, tap) => (tap.action === 'change' ? { to: { name: 'find' } } : null),
  words: async ({ deps, who, now }, _, text) => {
    const staff = who?.staff
    if (!staff?.active) throw new DomainError('not-found')
    const { hits, more } = await searchWork(deps, { staff, text, now })
    return { to: { name: 'find', hits, ...(more && { more }) } }
  },
})

const rowOf = async ({ deps, say, builder }: Turn, { kind, id }: Hit): Promise<Button[] | null> => {
  if (kind === 'family') {
    const family = await findFamily(deps.database, id)
    return (
      family && [builder.link(say.label('worklist.find.family', { number: family.number }), 'f-card', id)]
    )
  }
  const request = await findRequest(deps.database, id)
  if (!request) return null
  const status = say.label(`worklist.find.status.${request.status}`)
  // «Обращение 2026-000123» with its state is too long for a small phone.
  return [
    builder.link(say.label('worklist.buttons.request', { number: request.number, name: status }), 'card', id),
  ]
}
