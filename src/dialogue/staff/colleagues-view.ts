import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { View } from '#dialogue/view.ts'
import type { Colleague } from '#features/staff/colleagues.ts'
import type { Region } from '#regions/schema.ts'

/** How long a new link stays in the supervisor's chat (minutes); it is valid for longer. */
export const linkMinutes = 30

const pageSize = 8

/** Who works here, with what they have in hand. */
export const colleaguesView = (
  builder: CardBuilder,
  { found, page }: { found: readonly Colleague[]; page: number },
): View => {
  const { say, link } = builder
  const shown = found.slice(page * pageSize, (page + 1) * pageSize)
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < found.length ? page + 1 : null,
  })
  return builder.card(
    'colleagues',
    paragraphs(
      say.t(found.length === 0 ? 'colleagues.nobody' : 'colleagues.title'),
      shown.map((one) => `• ${headOf(say, one)}. ${workOf(say, one)}`).join('\n'),
    ),
    [
      ...shown.map(({ member: { id, name } }) => [link(name, 'colleague', id)]),
      ...(turns.length > 0 ? [turns] : []),
      [link(say.label('orphans.button'), 'orphans')],
    ],
  )
}

/** «<b>Анна</b>, специалист по приёму, в отъезде» */
const headOf = (say: Say, { member, absent }: Colleague): string => {
  const { name, role, active, personId, unreachableSince } = member
  const state = !active
    ? 'left'
    : personId === null
      ? 'notJoined'
      : unreachableSince !== null
        ? 'unreachable'
        : absent
          ? 'absent'
          : null
  const parts = [
    say.label(`staff.roles.${role}`),
    ...(state ? [say.label(`colleagues.states.${state}`)] : []),
  ]
  return `<b>${escapeHtml(name)}</b>, ${parts.join(', ')}`
}

const workOf = (say: Say, { work: { requests, families, visits } }: Colleague): string =>
  say.t('colleagues.work', {
    requests: requests.length,
    families: families.length,
    visits: visits.length,
  })

/** What is theirs and what a supervisor may do about it. */
export const colleagueView = (builder: CardBuilder, facts: Colleague & { region: Region }): View => {
  const { say, link, button } = builder
  const { member, work, region } = facts
  const places = member.territories.map((code) => optionLabel(say, region.code, 'territory', code))
  return builder.card(
    'colleague',
    paragraphs(
      headOf(say, facts),
      say.t('colleagues.territories', { territories: places.join('; ') }),
      workOf(say, facts),
    ),
    [
      ...(work.families.length + work.visits.length > 0
        ? [[link(say.label('colleagues.handFamilies'), 'hand-families', member.id)]]
        : []),
      ...(work.requests.length > 0
        ? [[link(say.label('colleagues.handRequests'), 'hand-requests', member.id)]]
        : []),
      ...(member.active ? [[button(say.label('colleagues.lostPhoneButton'), 'change', 'lost-phone')]] : []),
      [link(say.label('colleagues.button'), 'colleagues')],
    ],
  )
}

/** What happens at once, before it does. */
export const lostPhoneView = ({ say, button, card }: CardBuilder, { member: { name } }: Colleague): View =>
  card('colleague.lost-phone', say.t('colleagues.lostPhone', { name }), [
    [button(say.label('colleagues.lostPhoneYes'), 'yes')],
    [button(say.label('colleagues.lostPhoneNo'), 'no')],
  ])

/** A message of its own: it is passed on to the colleague. */
export const newLinkView = ({ say }: CardBuilder, { name, link }: { name: string; link: string }): View => ({
  screen: 'colleague.link',
  html: say.t('colleagues.link', { name, link, minutes: linkMinutes }),
  rows: [],
})
