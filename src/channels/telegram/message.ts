import { z } from 'zod'

const id = z
  .number()
  .int()
  .min(-(2 ** 52))
  .max(2 ** 52)
export const from = z.looseObject({ id, is_bot: z.boolean(), language_code: z.string().max(35).optional() })
export const chat = z.looseObject({ id, type: z.enum(['private', 'group', 'supergroup', 'channel']) })
const entity = z.looseObject({ type: z.string(), offset: z.number().int(), length: z.number().int() })

export const message = z.looseObject({
  message_id: z.number().int(),
  date: z.number().int().default(0),
  from: from.optional(),
  chat,
  text: z
    .string()
    .max(4096 * 4)
    .optional(),
  entities: z.array(entity).optional(),
  contact: z
    .looseObject({
      phone_number: z.string().max(64),
      first_name: z.string().optional(),
      last_name: z.string().optional(),
      user_id: id.optional(),
    })
    .optional(),
  reply_to_message: z
    .looseObject({
      message_id: z.number().int(),
      from: from.optional(),
      reply_markup: z
        .looseObject({
          inline_keyboard: z.array(z.array(z.looseObject({ callback_data: z.string().max(256).optional() }))),
        })
        .optional()
        // What the buttons were is a help; without them the words still arrive.
        .catch(undefined),
    })
    .optional(),
})
export type Message = z.infer<typeof message>
