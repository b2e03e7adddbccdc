import { afterEnd } from './after-end.ts'
import { afterVisit } from './after-visit.ts'
import { atEnd } from './at-end.ts'
import { byHand } from './by-hand.ts'
import type { SurveyData } from './data.ts'
import { interim } from './interim.ts'

/** The built-in surveys, each in its newest version. */
export const ownSurveys: readonly SurveyData[] = [afterVisit, interim, atEnd, afterEnd, byHand]
