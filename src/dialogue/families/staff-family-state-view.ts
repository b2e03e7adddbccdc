import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import type { SkipReason } from '#storage/cases/case-events.ts'
import type { EndReason, Family, SupportLevel } from '#storage/families/families.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { safetyText } from './safety-view.ts'

type Around = { region: Region; now: Date; safety: readonly SafetyFact[] }

/** Somebody of the family is in the bot. */
type Read = { read: boolean }

/** What the family will read of a stage; that nobody will, where nobody is in the bot. */
export const stageReads = (
  say: Say,
  region: Pick<Region, 'code'>,
  { to, read }: Read & { to: string },
): string =>
  read
    ? say.t('familyState.stageReads', { step: optionLabel(say, region.code, 'steps', to) })
    : say.t('familyState.nobodyReads')

/** The later stages; once one is chosen, what the family will read of it. */
export const familyStageView = (
  builder: CardBuilder,
  { family, to, region, now, safety, read }: Around & Read & { family: Family; to: string | null },
): View => {
  const { say, button, link } = builder
  const { id, number, stage } = family
  const name = (code: string) => optionLabel(say, region.code, 'stages', code)
  const head = say.t('familyState.stageNow', { number, stage: name(stage) })
  const warned = safetyText(say, safety, { timeZone: region.timeZone, now })
  const later = region.stages.slice(region.stages.indexOf(stage) + 1)
  if (to !== null && later.includes(to)) {
    const reads = stageReads(say, region, { to, read })
    return builder.card('family-stage', paragraphs(head, warned, reads, say.t('act.noWayBack')), [
      [button(say.label('act.stageYes'), 'yes')],
      [button(say.label('act.stageNo'), 'no')],
    ])
  }
  const lines = later.map((code, index) => `${index + 1}. ${escapeHtml(name(code))}`)
  const text =
    later.length === 0 ? say.t('familyState.stageLast') : [say.t('act.stageWhich'), ...lines].join('\n')
  return builder.card('family-stage', paragraphs(head, text), [
    ...rowsOfThree(later.map((code, index) => button(String(index + 1), 'set', code))),
    [link(say.label('familyState.levelButton'), 'f-level', id)],
    [link(say.label('familyState.endButton'), 'f-end', id)],
    [link(say.label('caseload.card'), 'f-card', id)],
  ])
}

/** Why stages are left out, of which the supervisors learn. */
export const familySkipView = (
  { say, button, card }: CardBuilder,
  {
    family: { number, stage },
    left,
    reasons,
    region,
    now,
    safety,
  }: Around & { family: Family; left: readonly string[]; reasons: readonly SkipReason[] },
): View => {
  const name = (code: string) => optionLabel(say, region.code, 'stages', code)
  return card(
    'family-stage',
    paragraphs(
      say.t('familyState.stageNow', { number, stage: name(stage) }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      say.t('familyState.skipWhy', { stages: left.map((code) => `«${name(code)}»`).join(', ') }),
    ),
    [
      ...reasons.map((one) => [button(say.label(`familyState.skips.${one}`), 'skip', one)]),
      [button(say.label('act.stageNo'), 'no')],
    ],
  )
}

const rowsOfThree = (all: readonly Button[]): Button[][] =>
  all.flatMap((_, at) => (at % 3 === 0 ? [all.slice(at, at + 3)] : []))

/** The levels, each with how often it asks for visits. */
export const familyLevelView = (
  { say, button, link, card }: CardBuilder,
  {
    family: { id, number, level },
    levels,
    region,
  }: { family: Family; levels: readonly SupportLevel[]; region: Region },
): View => {
  const lines = levels.map((one) => {
    const { atLeast, atMost, per } = region.visitCadence[one].value
    const often = atLeast === atMost ? String(atMost) : `${atLeast}–${atMost}`
    const values = {
      level: say.label(`caseload.levels.${one}`),
      often,
      per: say.label(`familyState.per.${per}`),
    }
    return say.t('familyState.levelLine', values)
  })
  const spoken = say.label(level === null ? 'caseload.noLevel' : `caseload.levels.${level}`)
  return card(
    'family-level',
    paragraphs(say.t('familyState.levelNow', { number, level: spoken }), lines.join('\n')),
    [
      ...levels
        .filter((one) => one !== level)
        .map((one) => [button(say.label(`caseload.levels.${one}`), 'set', one)]),
      ...(region.levelSigns.length > 0 ? [[link(say.label('levels.button'), 'f-signs', id)]] : []),
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
  )
}

/** Why support ends; once a reason is chosen, what becomes of the family. */
export const familyEndView = (
  { say, button, card }: CardBuilder,
  {
    family: { number },
    reason,
    noFinal,
    grounds,
    read,
    ...around
  }: Around &
    Read & {
      family: Family
      reason: EndReason | null
      /** The final diagnosis is not recorded, which the reason asks for. */
      noFinal: boolean
      grounds: readonly { code: EndReason; source: object | 'default' }[]
    },
): View => {
  const { region, now, safety } = around
  const warned = safetyText(say, safety, { timeZone: region.timeZone, now })
  const own = grounds.some(({ source }) => source !== 'default')
  const whose = say.t(own ? 'familyState.groundsOwn' : 'familyState.groundsDefault')
  if (reason === null)
    return card('family-end', paragraphs(say.t('familyState.endWhy', { number }), warned, whose), [
      ...grounds.map(({ code }) => [button(say.label(`familyState.reasons.${code}`), 'set', code)]),
      [button(say.label('familyState.endNo'), 'no')],
    ])
  return card(
    'family-end',
    paragraphs(
      say.t('familyState.end', { number, reason: reasonInWords(say, reason) }),
      noFinal && say.t('familyState.noFinal'),
      warned,
      say.t(read ? 'familyState.endMeans' : 'familyState.endMeansUnread'),
      say.t(read ? 'familyState.contact' : 'familyState.contactUnread'),
    ),
    [
      [button(say.label('familyState.endYes'), 'yes')],
      [button(say.label('familyState.contactYes'), 'agree')],
      [button(say.label('familyState.endNo'), 'no')],
    ],
  )
}

const reasonInWords = (say: Say, reason: EndReason): string => say.label(`familyState.reasons.${reason}`)
