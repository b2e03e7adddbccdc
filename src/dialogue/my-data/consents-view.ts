import { formatDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { ConsentForPerson } from '#features/consents/consent-registry.ts'
import type { Region } from '#regions/schema.ts'

type Around = { region: Region; now: Date }

/** Enough for a card; older ones stand in the copy. */
const mostShown = 8

export const consentsView = (
  { say, link, button, card }: CardBuilder,
  {
    consents,
    printed,
    region,
    now,
  }: Around & {
    consents: readonly ConsentForPerson[]
    /** Their own application can be printed. */
    printed: boolean
  },
): View => {
  const shown = consents.slice(0, mostShown)
  const lines = shown.map((consent, index) => {
    const state = stateLine(say, { consent, region, now })
    return `${index + 1}. ${say.t(`myData.kinds.${consent.kind}`)}. ${state}`
  })
  const html = paragraphs(
    say.t('myData.consents'),
    lines.length > 0 ? lines.join('\n') : say.t('myData.noConsents'),
    consents.length > mostShown && say.t('myData.moreConsents'),
    printed && say.t('myData.onPaper'),
  )
  const rows = shown.map(({ id, kind }, index) => [
    link(`${index + 1}. ${say.label(`myData.kindButtons.${kind}`)}`, 'my-consent', id),
  ])
  return card('my-consents', html, [
    ...rows,
    ...(printed ? [[button(say.label('myData.paperButton'), 'file')]] : []),
  ])
}

const stateLine = (
  say: Say,
  {
    consent: { givenAt, signedOn, withdrawnAt },
    region: { timeZone },
    now,
  }: Around & { consent: ConsentForPerson },
): string => {
  const day = (instant: Date) => ({ day: formatDay(say, { instant, timeZone, now }) })
  if (withdrawnAt) return say.t('myData.withdrawnOn', day(withdrawnAt))
  return signedOn ? say.t('myData.signedOn', day(signedOn)) : say.t('myData.givenOn', day(givenAt))
}

type Facts = Around & {
  consent: ConsentForPerson
  /** The wording is in the archive. */
  kept: boolean
  /** It can be withdrawn here and now. */
  mayEnd: boolean
  /** There is a sheet to sign. */
  sheet: boolean
}

export const consentView = (
  builder: CardBuilder,
  { consent, kept, mayEnd, sheet, region, now }: Facts,
): View => {
  const { say, button, card } = builder
  const { kind, version, givenAt, how, forWhom, withdrawnAt, language } = consent
  const { timeZone } = region
  const html = paragraphs(
    `<b>${say.t(`myData.kinds.${kind}`)}</b>`,
    say.t(`myData.given.${how}`, {
      day: formatDay(say, { instant: givenAt, timeZone, now }),
      time: formatTime(givenAt, timeZone),
    }),
    say.t(`myData.for.${forWhom}`),
    say.t('myData.version', { version, language: say.label(`language.names.${language}`) }),
    withdrawnAt
      ? say.t('myData.withdrawnOn', { day: formatDay(say, { instant: withdrawnAt, timeZone, now }) })
      : say.t('myData.inForce'),
    !kept && say.t('myData.textGone'),
    withdrawnAt === null && !mayEnd && say.t('myData.notConfirmed'),
  )
  return card('my-consent', html, [
    ...(kept ? [[button(say.label('myData.textButton'), 'full')]] : []),
    [button(say.label('myData.receiptButton'), 'file')],
    ...(sheet ? [[button(say.label('myData.sheetButton'), 'file', 'sheet')]] : []),
    ...(mayEnd ? [[button(say.label('myData.withdrawButton'), 'withdraw')]] : []),
  ])
}
