import type { z } from 'zod'
import type { DraftQuestion } from '#surveys/draft.ts'

export const surveyFaults = [
  /** Not of the form that a survey has; `detail` says what is. */
  'form',
  'no-questions',
  'too-many-questions',
  /** Somebody would need longer than two minutes. */
  'too-long',
  /** The code stands there twice. */
  'twice',
  /** What a question of this kind needs is not there: words of its steps, its ends, options. */
  'missing',
  /** A question of this kind has no such thing. */
  'superfluous',
  /** For minors, and it is not said in their words. */
  'minor-words',
  'unknown-question',
  /** The question comes later: nobody has answered it yet. */
  'later-question',
  /** Questions wait for each other; `detail` names them: `a → b → a`. */
  'loop',
  'unknown-option',
  /** Not a bound that this kind of question can be judged by. */
  'bound',
  /** No answer meets it. */
  'never',
  /** Not the version after the newest one. */
  'version',
] as const
export type SurveyFaultCode = (typeof surveyFaults)[number]

/** What is wrong with a survey, and where: a JSON Pointer as a URI fragment, `#/questions/3/showIf/any/1/is/0`. */
export type SurveyFault = { path: string; code: SurveyFaultCode; detail?: string }

/** A question as far as it can be read: one whose form is wrong may still be named by others. */
export type ReadQuestion = {
  code: string | undefined
  question: DraftQuestion | undefined
  faults: SurveyFault[]
}

/** What is wrong at a place below the one that is looked at: `showIf/question`. */
export type Found = [place: string, code: SurveyFaultCode, detail?: string]

export const faultAt = (at: string, [place, code, detail]: Found): SurveyFault => ({
  path: [at, place].filter(Boolean).join('/'),
  code,
  ...(detail !== undefined && { detail }),
})

/** Each place once; zod tells of all unknown fields of an object at once. */
export const formFaults = (at: string, { issues }: z.ZodError): SurveyFault[] =>
  issues.flatMap((issue) => {
    const place = issue.path.map((part) => inPointer(String(part)))
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => faultAt(at, [[...place, inPointer(key)].join('/'), 'form', 'unknown field']))
      : [faultAt(at, [place.join('/'), 'form', issue.message])]
  })

const inPointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
