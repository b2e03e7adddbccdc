import { z } from 'zod'
import { consentKinds } from '#storage/consents/consents.ts'
import type { DataRequest } from '#storage/data-requests/data-requests.ts'
import type { Sealer } from '#storage/seal.ts'

/** Maximum length of a text of a request or its answer, in characters. */
export const longestAsked = 2000

/** Who asks: whose data it is about, or somebody who stands for them with a paper that says so. */
export const askers = ['self', 'representative'] as const
export type Asker = (typeof askers)[number]

/** Who asked, in which words, and which consent was withdrawn. */
const askedSchema = z.strictObject({
  /** As the paper names them. */
  name: z.string().min(1).max(200).optional(),
  /** How to send them the answer. */
  answerTo: z.string().min(1).max(300).optional(),
  words: z.string().min(1).max(longestAsked).optional(),
  consent: z.enum(consentKinds).optional(),
  /** Absent in what was written down before this was asked. */
  asker: z.enum(askers).optional(),
})
export type Asked = z.infer<typeof askedSchema>

const place = (id: string) => `data_requests.content.${id}`

export const sealAsked = (sealer: Sealer, id: string, asked: Asked): string =>
  sealer.sealJson(asked, place(id))

/** Empty if nothing was written down. */
export const openAsked = (sealer: Sealer, { id, content }: Pick<DataRequest, 'id' | 'content'>): Asked =>
  content === null ? {} : askedSchema.parse(sealer.openJson(content, place(id)))
