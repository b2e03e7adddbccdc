import type { z } from 'zod'
import { type Answers, answersSchema } from '#features/intake/answers.ts'
import { questions } from '#features/intake/questions.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/** How a person is reached: seen on demand only, and audited apart from the answers. */
export const contactSchema = answersSchema.pick({
  name: true,
  phone: true,
  hours: true,
  safeToCall: true,
  safeToWrite: true,
  parents: true,
})
export type Contact = z.infer<typeof contactSchema>

/** What the family asks for, without the contact and the consents. */
export const contentSchema = answersSchema.omit({
  name: true,
  phone: true,
  hours: true,
  safeToCall: true,
  safeToWrite: true,
  personalData: true,
  supportRequest: true,
  dataSharing: true,
})
export type Content = z.infer<typeof contentSchema>

/** Splits a finished questionnaire into the two parts that are sealed and shown apart. */
export const splitAnswers = (answers: Answers): { content: Content; contact: Contact } => ({
  content: contentSchema.parse(answers),
  contact: contactSchema.parse(answers),
})

export const openContent = (sealer: Sealer, request: Request): Content =>
  contentSchema.parse(sealer.openJson(request.answers, `requests.answers.${request.id}`))

export const openContact = (sealer: Sealer, request: Request): Contact =>
  contactSchema.parse(sealer.openJson(request.contact, `requests.contact.${request.id}`))

/** In the order in which they were asked; the story is shown apart. */
export const answeredQuestions = (content: Content): (keyof Content)[] =>
  questions.map(({ id }) => id).filter((id): id is keyof Content => id in content && id !== 'ownWords')
