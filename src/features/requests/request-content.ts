import { erasedText } from '#core/withheld.ts'
import { z } from 'zod'
import { type Answers, answersSchema } from '#features/intake/answers.ts'
import { questions } from '#features/intake/questions.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/** Maximum length of an address, in characters. */
export const longestAddress = 300

/** Contact data: shown on demand only, and audited separately from the answers. */
export const contactSchema = answersSchema
  .pick({
    name: true,
    phone: true,
    hours: true,
    safeToCall: true,
    safeToWrite: true,
    mayName: true,
    parents: true,
  })
  // Written down by staff; the bot does not ask for it.
  .extend({ address: z.string().min(1).max(longestAddress).optional() })
export type Contact = z.infer<typeof contactSchema>

/** The request itself, without contact data and consents. */
export const contentSchema = answersSchema.omit({
  short: true,
  name: true,
  phone: true,
  hours: true,
  safeContact: true,
  safeToCall: true,
  safeToWrite: true,
  mayName: true,
  skipped: true,
  personalData: true,
  supportRequest: true,
  dataSharing: true,
})
export type Content = z.infer<typeof contentSchema>

/** Of who was erased: that there were words, and nobody can read them any more. */
const erased = { ownWords: erasedText }

/** Splits a complete questionnaire into the two parts that are sealed and shown separately. */
export const splitAnswers = (answers: Answers): { content: Content; contact: Contact } => ({
  content: contentSchema.parse(answers),
  contact: contactSchema.parse(answers),
})

export const openContent = (sealer: Sealer, request: Request): Content =>
  contentSchema.parse(sealer.openJson(request.answers, `requests.answers.${request.id}`, erased))

export const openContact = (sealer: Sealer, request: Pick<Request, 'id' | 'contact'>): Contact =>
  contactSchema.parse(sealer.openJson(request.contact, `requests.contact.${request.id}`, {}))

/** Whether anybody may be called: there is a number, and nobody said that calls are not safe. Pure. */
const mayCall = ({ phone, safeToCall }: Contact): boolean => Boolean(phone) && safeToCall !== 'no'

/** What the card of a request says of contact, without a name or a number. */
export type ContactSafety = {
  /** Without a number, or where nobody may call, no card urges to. */
  callable: boolean
  /** Calls are not safe. */
  neverCall: boolean
  /** No notice comes of what is written: messages are not safe. */
  silent: boolean
  /** The family may not learn who spoke of it. */
  neverName: boolean
}

/** Whoever said that calls are not safe is meant by it, in whichever of the requests that were merged. Pure. */
export const contactSafety = (contact: Contact, merged: readonly Contact[]): ContactSafety => {
  const neverCall = [contact, ...merged].some(({ safeToCall }) => safeToCall === 'no')
  return {
    callable: mayCall(contact) && !neverCall,
    neverCall,
    silent: contact.safeToWrite === 'no',
    neverName: contact.mayName === 'no',
  }
}

/** A question whose answer is part of the content. */
export type ContentQuestion = Exclude<keyof Content, 'ownFiles'>

/** The answered questions in the order of asking; the story is shown separately. */
export const answeredQuestions = (content: Content): ContentQuestion[] =>
  questions
    .map(({ id }) => id)
    .filter((id): id is ContentQuestion & typeof id => id in content && id !== 'ownWords')
