import { formatDay } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { ErasurePlan } from '#features/my-data/erasure-plan.ts'
import type { Region } from '#regions/schema.ts'

type Facts = { plan: ErasurePlan; may: boolean; contact: string; region: Region; now: Date }

export const erasureView = (
  { say, button, card }: CardBuilder,
  { plan, may, contact, region: { timeZone }, now }: Facts,
): View => {
  const all = plan.now.includes('everything')
  const later = plan.kept.some(({ why }) => why === 'protected')
  const kept = plan.kept.map(({ why, numbers, until }) => {
    const day = until ? formatDay(say, { instant: until, timeZone, now }) : ''
    return say.t(`myData.erase.kept.${why}`, { numbers: numbers.map((one) => `№ ${one}`).join(', '), day })
  })
  const html = paragraphs(
    say.t('myData.erase.title'),
    all
      ? say.t('myData.erase.everything')
      : plan.now.map((part) => say.t(`myData.erase.now.${part}`)).join('\n'),
    kept.length > 0 && kept.join('\n'),
    say.t('myData.erase.proof'),
    may ? say.t('myData.erase.help', { contact }) : say.t('myData.notConfirmed'),
  )
  const some = may && (later || plan.now.length > 0)
  return card('my-data-erase', html, [
    ...(some
      ? [
          [button(say.label('myData.erase.no'), 'no')],
          [
            all || later
              ? button(say.label('myData.erase.yes'), 'yes')
              : button(say.label('myData.erase.some'), 'yes'),
          ],
        ]
      : []),
  ])
}
