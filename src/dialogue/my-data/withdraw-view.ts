import { formatDay } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Consequences } from '#features/my-data/withdraw-consent.ts'
import type { Region } from '#regions/schema.ts'

type Facts = Consequences & { contact: string; region: Region; now: Date }

/** What ends at once, what happens by when, and that help is still there. */
export const consequencesView = (
  { say, button, card }: CardBuilder,
  { kind, requests, checked, families, together, eraseBy, contact, region: { timeZone }, now }: Facts,
): View => {
  const until = eraseBy && formatDay(say, { instant: eraseBy, timeZone, now })
  const numbers = (all: readonly (string | number)[]) => all.map((one) => `№ ${one}`).join(', ')
  const all = kind === 'personal-data'
  const html = paragraphs(
    say.t(`myData.withdraw.${kind}`),
    requests.length > 0 &&
      say.t('myData.withdraw.requests', { count: requests.length, numbers: numbers(requests) }),
    checked && say.t('myData.withdraw.checked'),
    families.length > 0 &&
      say.t(all ? 'myData.withdraw.familyEnds' : 'myData.withdraw.familyAsked', {
        numbers: numbers(families),
      }),
    together && say.t('myData.withdraw.together'),
    until !== null && say.t('myData.withdraw.until', { until }),
    say.t('myData.withdraw.after', { contact }),
  )
  return card('consent-withdraw', html, [
    [button(say.label('myData.withdraw.no'), 'no')],
    [button(say.label('myData.withdraw.yes'), 'yes')],
  ])
}
