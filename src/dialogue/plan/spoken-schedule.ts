import type { Say } from '#core/text.ts'
import { whenWords } from '#features/plan/pdf/schedule-words.ts'
import type { When } from '#features/plan/plan-document.ts'
import { dayAndTime, plainDay } from './plan-words-view.ts'

/** When an activity takes place, as people say it: the year only where it is another. */
export const spokenWhen = (say: Say, when: When, now: Date): string =>
  when.kind === 'once'
    ? dayAndTime(say, when.on, when.at, now)
    : whenWords(say, when, (day) => plainDay(say, day, now)).join(', ')
