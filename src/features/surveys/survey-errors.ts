import type { z } from 'zod'
import type { DraftQuestion } from '#surveys/draft.ts'

export const surveyFaults = [
  /** Does not match the schema; `detail` gives the reason. */
  'form',
  'no-questions',
  'too-many-questions',
  /** The longest path takes more than two minutes. */
  'too-long',
  /** The code is used twice. */
  'twice',
  /** A part that this kind of question needs is missing: labels of its steps or ends, options. */
  'missing',
  /** This kind of question has no such part. */
  'superfluous',
  /** A survey for minors lacks their wording. */
  'minor-words',
  'unknown-question',
  /** Refers to a later question, which is not answered yet. */
  'later-question',
  /** The conditions form a cycle; `detail` names it: `a → b → a`. */
  'loop',
  'unknown-option',
  /** A bound that does not apply to this kind of question. */
  'bound',
  /** No answer can meet it. */
  'never',
  /** Not the successor of the newest version. */
  'version',
] as const
export type SurveyFaultCode = (typeof surveyFaults)[number]

/** An error in a survey and its location: a JSON Pointer as a URI fragment, `#/questions/3/showIf/any/1/is/0`. */
export type SurveyFault = { path: string; code: SurveyFaultCode; detail?: string }

/** A partially parsed question: one that fails the schema can still be referred to by others. */
export type ReadQuestion = {
  code: string | undefined
  question: DraftQuestion | undefined
  faults: SurveyFault[]
}

/** An error at a path relative to the object being validated: `showIf/question`. */
export type Found = [place: string, code: SurveyFaultCode, detail?: string]

export const faultAt = (at: string, [place, code, detail]: Found): SurveyFault => ({
  path: [at, place].filter(Boolean).join('/'),
  code,
  ...(detail !== undefined && { detail }),
})

/** One error per place: zod reports all unknown fields of an object in a single issue. */
export const formFaults = (at: string, { issues }: z.ZodError): SurveyFault[] =>
  issues.flatMap((issue) => {
    const place = issue.path.map((part) => inPointer(String(part)))
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => faultAt(at, [[...place, inPointer(key)].join('/'), 'form', 'unknown field']))
      : [faultAt(at, [place.join('/'), 'form', issue.message])]
  })

const inPointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
