import { formatDay, formatDayUntil } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { cutName } from '#dialogue/families/member-name-view.ts'
import type { Button, Picture, View } from '#dialogue/view.ts'
import type { TogetherForMember, TogetherOfOwn } from '#features/together/together-for-member.ts'
import type { Region } from '#regions/schema.ts'

type When = { region: Region; now: Date }

/** What asking together means, before it begins; that it is not offered, if it is not. */
export const offerView = (
  { say, button, card }: CardBuilder,
  { offered, agreement }: TogetherOfOwn,
): View => {
  if (offered === null) return card('together', say.t('together.notNow'), [])
  const html = paragraphs(
    say.t(`together.offer.${offered}`),
    agreement === 'awaited' && say.t('together.offer.agreement'),
    say.t('together.offer.link'),
    offered === 'adult' && say.t('together.offer.unsafe'),
  )
  return card('together', html, [[button(say.label('together.make'), 'submit')]])
}

export const nameView = (
  { say, button, card }: CardBuilder,
  { name, problem }: { name: string | null; problem: 'long' | undefined },
): View =>
  card('together-name', paragraphs(problem && `⚠️ ${say.t('together.nameLong')}`, say.t('together.name')), [
    ...(name === null ? [] : [[button(short(name), 'set')]]),
    [button(say.label('question.name.none'), 'skip')],
  ])

/** The link to show or send on. */
export const linkView = (
  { say }: CardBuilder,
  { link, until, picture, region, now }: When & { link: string; until: Date; picture: Picture },
): View => ({
  screen: 'together-link',
  html: paragraphs(say.t('together.link', { until: untilOf(say, until, { region, now }) }), escapeHtml(link)),
  rows: [],
  picture,
})

type Facts = When & {
  shown: TogetherForMember
  /** Somebody else may be asked once this one has ended. */
  again: boolean
}

/** How it stands, for either of the two. */
export const togetherView = (builder: CardBuilder, facts: Facts): View =>
  builder.card('together', textOf(builder.say, facts), rowsOf(builder, facts))

const textOf = (say: Say, { shown, region, now }: Facts): string => {
  const { side, status, other, until, since, request } = shown
  const values = {
    name: other ?? say.label('together.somebody'),
    until: untilOf(say, until, { region, now }),
    day: formatDay(say, { instant: since, timeZone: region.timeZone, now }),
  }
  return paragraphs(
    say.t(`together.${side}.${status}`, values),
    request && say.t(`together.request.${request.state}`, { number: request.number }),
    side === 'starter' && status !== 'answered' && status !== 'joined' && say.t('together.goesOn'),
    status === 'joined' && say.t('together.apart'),
  )
}

const rowsOf = (
  { say, button }: CardBuilder,
  { shown: { side, status, link }, again }: Facts,
): Button[][] => {
  if (status === 'joined') return [[button(say.label('together.leave'), 'done')]]
  if (side === 'joiner')
    return status === 'answered' ? [[button(say.label('together.takeBack'), 'refuse')]] : []
  if (status === 'waiting')
    return [
      ...(link === null ? [] : [[button(say.label('together.showLink'), 'full')]]),
      [button(say.label('together.callBack'), 'withdraw')],
    ]
  if (status === 'answered')
    return [[button(say.label('together.itIsThem'), 'yes')], [button(say.label('together.notThem'), 'no')]]
  return again ? [[button(say.label('together.again'), 'submit')]] : []
}

/** What ends if one of them goes on alone. */
export const leaveView = ({ say, button, card }: CardBuilder, { side, other }: TogetherForMember): View =>
  card(
    'together-end',
    paragraphs(
      say.t(`together.end.${side}`, { name: other ?? say.label('together.somebody') }),
      say.address === 'minor' && say.t('together.end.ifUnsafe'),
    ),
    [[button(say.label('together.end.no'), 'no')], [button(say.label('together.end.yes'), 'yes')]],
  )

const untilOf = (say: Say, instant: Date, { region: { timeZone }, now }: When): string =>
  formatDayUntil(say, { instant, timeZone, now })

/** The longest part of a name that fits on a button. */
const short = (name: string): string => cutName(name, 24)
