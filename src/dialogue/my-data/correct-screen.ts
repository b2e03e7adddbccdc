import { z } from 'zod'
import { formatDayUntil } from '#core/dates.ts'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { longestAsked } from '#features/data-requests/data-request-content.ts'
import { askCorrection } from '#features/my-data/ask-correction.ts'
import { backToMyData, ownerOf } from './my-data-screen.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'my-data-correct': z.infer<typeof correctState>
  }
  interface Links {
    'my-data-correct': 'my-data-correct'
  }
}

const correctState = z.object({ problem: z.enum(['long']).optional() })

/** Asks what is wrong in what is kept, and what is right. */
export const correctScreen = defineScreen({
  name: 'my-data-correct',
  state: correctState,
  aside: true,
  varies: ['problem'],
  links: { 'my-data-correct': () => ({ to: { name: 'my-data-correct' } }) },
  afterCommit: () => ({ name: 'my-data' }),
  draw: (turn, { problem }) => {
    ownerOf(turn)
    const { say, builder } = turn
    const html = paragraphs(problem && `⚠️ ${say.t('myData.correct.long')}`, say.t('myData.correct.title'))
    return builder.card('my-data-correct', html, [])
  },
  tap: backToMyData,
  words: (turn, _, text) =>
    countCharacters(text) > longestAsked
      ? { to: { name: 'my-data-correct', problem: 'long' } }
      : ask(turn, text),
})

const ask = async (turn: Turn, words: string): Promise<Step> => {
  const { deps, now, say } = turn
  const who = ownerOf(turn)
  const dueAt = await turn.once((tx) => askCorrection(tx, deps, { who, words, now }))
  const until = formatDayUntil(say, { instant: dueAt, timeZone: deps.region.timeZone, now })
  return { to: { name: 'my-data' }, notice: say.t('myData.correct.done', { until }) }
}
