import { formatDay } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Kept } from '#features/my-data/what-is-kept.ts'
import type { LookedAt } from '#features/my-data/who-looked.ts'
import type { Region } from '#regions/schema.ts'

/** What is kept, each part with its purpose. */
export const myDataView = (
  { say, link, card }: CardBuilder,
  { kept, region: { timeZone }, now }: { kept: Kept; region: Region; now: Date },
): View => {
  const { draft, requests, families, surveys, special, destroyedBy } = kept
  const contact = kept.contact.map((part) => `, ${say.label(`myData.contact.${part}`)}`).join('')
  const html = paragraphs(
    say.t('myData.title'),
    draft && say.t('myData.draft'),
    requests.length > 0 &&
      say.t('myData.requests', { count: requests.length, numbers: listed(requests), contact }),
    families.length > 0 && say.t('myData.family', { numbers: families.map((one) => `№ ${one}`).join(', ') }),
    // On a minor's telephone it is said in general: who looks over their shoulder learns nothing.
    say.address === 'minor'
      ? requests.length > 0 && say.t('special.own.minor')
      : special.map((kind) => say.t(`special.own.${kind}`)).join('\n\n'),
    surveys > 0 && say.t('myData.surveys', { count: surveys }),
    say.t('myData.account'),
    kept.staff && say.t('myData.staff'),
    destroyedBy
      ? say.t('myData.ending', { until: formatDay(say, { instant: destroyedBy, timeZone, now }) })
      : say.t('myData.until'),
  )
  return card('my-data', html, [
    [link(say.label('myData.looksButton'), 'my-data-looks')],
    [link(say.label('myData.consentsButton'), 'my-consents')],
    [link(say.label('myData.copyButton'), 'my-data-copy')],
    [
      link(say.label('myData.correctButton'), 'my-data-correct'),
      link(say.label('myData.eraseButton'), 'my-data-erase'),
    ],
  ])
}

/** Nothing is stored of the person; `waiting`: what they have written waits in the chat for their consent. */
export const nothingKeptView = (
  { say, button, card }: CardBuilder,
  { waiting }: { waiting: boolean },
): View =>
  card(
    'my-data',
    paragraphs(say.t('myData.nothing'), waiting && say.t('myData.waiting')),
    waiting ? [[button(say.label('myData.wipeButton'), 'yes')]] : [],
  )

const mostNumbers = 3

const listed = (numbers: readonly string[]): string =>
  numbers
    .slice(0, mostNumbers)
    .map((number) => `№ ${number}`)
    .join(', ') + (numbers.length > mostNumbers ? ' …' : '')

/** Of the latest days; the copy has them all. */
const mostDays = 14

type Facts = { looks: readonly LookedAt[]; member: boolean; region: Region; now: Date }

export const looksView = (
  { say, card }: CardBuilder,
  { looks, member, region: { timeZone }, now }: Facts,
): View => {
  const lines = looks.slice(0, mostDays).map(({ day, roles, system }) => {
    const who = [
      ...roles.map((role) => say.label(`staff.roles.${role}`)),
      ...(system ? [say.label('myData.system')] : []),
    ]
    const instant = new Date(`${day}T12:00:00Z`)
    return say.t('myData.look', {
      day: formatDay(say, { instant, timeZone, now }),
      who: who.join(', '),
    })
  })
  const html = paragraphs(
    say.t('myData.looks'),
    lines.length > 0 ? lines.join('\n') : say.t('myData.noLooks'),
    looks.length > mostDays && say.t('myData.moreLooks'),
    member && say.t('myData.familyLooks'),
  )
  return card('my-data-looks', html, [])
}
