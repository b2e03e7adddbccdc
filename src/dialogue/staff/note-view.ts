import type { Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Named, NoteOutcome } from '#features/staff/mentions.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

const pageSize = 6

type Facts = {
  screen: string
  question: string
  problem: string | undefined
  people: readonly (Named & { role: StaffRole })[]
  /** Ids of those who will be told. */
  chosen: readonly string[]
  page: number
}

/** Asks for the words of a note, and who is told of it. */
export const noteView = (builder: CardBuilder, facts: Facts): View => {
  const { screen, question, problem, people, chosen, page } = facts
  const { say, button } = builder
  const shown = people.slice(page * pageSize, (page + 1) * pageSize)
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < people.length ? page + 1 : null,
  })
  const told = people.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  return builder.card(
    screen,
    paragraphs(
      problem && `⚠️ ${say.t(`question.problems.${problem}`)}`,
      question,
      people.length > 0 && say.t('mentions.whom'),
      shown
        .map(({ name, role }) =>
          say.t('mentions.colleague', { name, role: say.label(`staff.roles.${role}`) }),
        )
        .join('\n'),
      told.length > 0 && say.t('mentions.willTell', { names: told.join(', ') }),
    ),
    [
      ...shown.map(({ id, name }) => {
        const isChosen = chosen.includes(id)
        return [button(`${isChosen ? '✓ ' : ''}${name}`, isChosen ? 'untick' : 'tick', id)]
      }),
      ...(turns.length > 0 ? [turns] : []),
    ],
  )
}

/** What became of a note, for its author. */
export const noteNotice = (say: Say, { told, untold, keptFrom }: NoteOutcome): string => {
  const names = (all: readonly Named[]) => ({ names: all.map(({ name }) => name).join(', ') })
  return [
    say.t('act.jotted'),
    told.length > 0 && say.t('mentions.told', names(told)),
    untold.length > 0 && say.t('mentions.untold', names(untold)),
    keptFrom.length > 0 && say.t('mentions.keptFrom', names(keptFrom)),
  ]
    .filter(Boolean)
    .join(' ')
}
