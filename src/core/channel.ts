import { z } from 'zod'

/** The messengers and apps through which people reach the product. */
export type Channel = 'telegram'

/** Identifies one delivery. `id` is the channel's own and opaque outside it. */
export type InputKey = { channel: Channel; id: string }

/** A message's id: opaque outside its channel. Sessions and jobs from before ADR 30 hold numbers. */
export const messageIdSchema = z.union([z.string().min(1).max(64), z.int().transform(String)])
