import { formatDayUntil } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { ClosedLink, OpenLink } from '#features/together/join-together.ts'

type Facts = {
  opened: OpenLink
  step: 'who' | 'data' | 'agreement' | 'name'
  problem: 'long' | undefined
  organisation: string
  timeZone: string
  now: Date
}

/** Who asks, what it means, what is agreed to, and how the reader is called: one thing a card. */
export const joinView = (
  builder: CardBuilder,
  { opened, step, problem, organisation, timeZone, now }: Facts,
): View => {
  const { say, button } = builder
  const until = formatDayUntil(say, { instant: opened.until, timeZone, now })
  const name = opened.from ?? say.label('together.somebody')
  const full = [button(say.label('question.fullText'), 'full')]
  const no = [button(say.label('together.join.refuse'), 'refuse')]
  const parts: Record<Facts['step'], { html: string; rows: Button[][] }> = {
    who: {
      html: paragraphs(
        say.t('together.join.who', { name, organisation }),
        say.t('together.join.means'),
        opened.agreement === 'support-request' && say.t('together.join.needed'),
        say.t('together.join.free', { until, name }),
      ),
      rows: [[button(say.label('together.join.on'), 'agree')], no],
    },
    data: {
      html: say.t('together.join.data', { organisation }),
      rows: [[button(say.label('question.personalData.agree'), 'agree')], no, full],
    },
    agreement: {
      html: say.t('together.join.agreement'),
      rows: [[button(say.label('together.join.agree'), 'agree')], no, full],
    },
    name: {
      html: paragraphs(problem && `⚠️ ${say.t('together.nameLong')}`, say.t('together.join.name')),
      rows: [no],
    },
  }
  const { html, rows } = parts[step]
  return builder.card(`together-join.${step}`, html, rows, { back: step !== 'who' })
}

/** Why a link lets nobody in, exactly and without blame. */
export const closedView = ({ say, link, card }: CardBuilder, closed: ClosedLink): View =>
  closed.is === 'mine'
    ? card('together-join', say.t('together.closed.mine'), [
        [link(say.label('together.open'), 'together', closed.id)],
      ])
    : card('together-join', say.t(`together.closed.${closed.is}`), [], { back: false })

export const declinedView = (
  { say, card }: CardBuilder,
  { name: organisation, contact }: { name: string; contact: string },
): View =>
  card('together-declined', say.t('together.declined', { organisation, contact }), [], { back: false })
