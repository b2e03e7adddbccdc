import type { Say } from '#core/text.ts'
import { escapeHtml } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Recipient } from '#features/requests/act-on-case.ts'
import type { Region } from '#regions/schema.ts'
import type { Request } from '#storage/requests/requests.ts'
import { optionLabel } from '../intake/option-label-view.ts'

/** That nobody reads what becomes of a request: an outsider is told nothing, and a call has no bot. Null for all others. */
export const unreadLine = (
  say: Say,
  { applicant, source }: Pick<Request, 'applicant' | 'source'>,
): string | null => {
  if (source !== 'bot') return say.t('act.callerReads')
  return applicant === 'other-person' ? say.t('act.outsiderReads') : null
}

/** Who reads what becomes of a request. Of a minor's nobody else in the family does: it may be a secret at home. */
export const readerOf = ({ applicant }: Pick<Request, 'applicant'>): 'family' | 'minor' =>
  applicant === 'minor' ? 'minor' : 'family'

/** The later stages; once one is chosen, what the family will read of it. */
export const stageView = (
  builder: CardBuilder,
  { request, to, region }: { request: Request; to: string | null; region: Region },
): View => {
  const { say, button } = builder
  const name = (stage: string) => optionLabel(say, region.code, 'stages', stage)
  const later = region.stages.slice(region.stages.indexOf(request.stage) + 1)
  const head = say.t('act.stageNow', { number: request.number, stage: name(request.stage) })
  if (to !== null && later.includes(to))
    return builder.card(
      'stage',
      paragraphs(
        head,
        unreadLine(say, request) ?? say.t(`act.stageReads.${readerOf(request)}`, { stage: name(to) }),
        say.t('act.noWayBack'),
      ),
      [[button(say.label('act.stageYes'), 'yes')], [button(say.label('act.stageNo'), 'no')]],
    )
  const lines = later.map((stage, index) => `${index + 1}. ${escapeHtml(name(stage))}`)
  const text = later.length === 0 ? say.t('act.stageLast') : [say.t('act.stageWhich'), ...lines].join('\n')
  return builder.card(
    'stage',
    paragraphs(head, text),
    rowsOfThree(later.map((stage, index) => button(String(index + 1), 'set', stage))),
  )
}

export const rowsOfThree = <T>(all: readonly T[]): T[][] =>
  all.flatMap((_, at) => (at % 3 === 0 ? [all.slice(at, at + 3)] : []))

const pageSize = 8

/** Whom to give it to, with what speaks for or against each; then what becomes of it. */
export const giveView = (
  builder: CardBuilder,
  {
    request,
    found,
    chosen,
    page,
  }: { request: Request; found: readonly Recipient[]; chosen: Recipient | null; page: number },
): View => {
  const { say, button } = builder
  const { number } = request
  if (chosen)
    return builder.card(
      'give',
      paragraphs(
        say.t('act.giveTo', { number, name: chosen.name }),
        recipientLine(say, chosen),
        say.t(`act.${whoLearns(request)}`),
      ),
      [[button(say.label('act.giveYes'), 'yes')], [button(say.label('act.giveNo'), 'no')]],
    )
  const shown = found.slice(page * pageSize, (page + 1) * pageSize)
  const turns = pager(builder, {
    back: page > 0 ? page - 1 : null,
    on: (page + 1) * pageSize < found.length ? page + 1 : null,
  })
  return builder.card(
    'give',
    paragraphs(
      say.t('act.giveWhom', { number }),
      found.length === 0 ? say.t('act.giveNobody') : shown.map((one) => recipientLine(say, one)).join('\n'),
    ),
    [...shown.map(({ id, name }) => [button(name, 'set', id)]), ...(turns.length > 0 ? [turns] : [])],
  )
}

/** «Вера, специалист по приёму: на месте, в работе 3» */
const recipientLine = (say: Say, { name, role, onDuty, absent, open }: Recipient): string =>
  say.t('act.recipient', {
    name,
    role: say.label(`staff.roles.${role}`),
    state: say.label(absent ? 'act.absent' : onDuty ? 'act.onDuty' : 'act.offDuty'),
    count: open,
  })

/** Who called, and who wrote about another family, reads no name of whoever has it. */
const whoLearns = ({
  status,
  source,
  applicant,
}: Request): 'giveQuiet' | `giveClaimed.${'family' | 'minor'}` | 'giveWaiting' => {
  if (source !== 'bot' || applicant === 'other-person') return 'giveQuiet'
  return status === 'claimed' ? `giveClaimed.${readerOf({ applicant })}` : 'giveWaiting'
}
