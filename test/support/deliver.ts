import { webhookSecret } from './outside.ts'

/** Delivers an update to an instance, as Telegram or an impostor would. Returns the status. */
export const deliver = async (
  port: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<number> => {
  const answer = await fetch(`http://127.0.0.1:${port}/telegram/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': webhookSecret,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  await answer.arrayBuffer()
  return answer.status
}
