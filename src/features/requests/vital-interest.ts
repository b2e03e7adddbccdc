import type { Request } from '#storage/requests/requests.ts'

/** To protect life and health where consent cannot be obtained: 152-ФЗ, ст. 6, ч. 1, п. 6. */
export const vitalInterest = '152-fz-6-1-6'

/** Whether a child under ten has called an adult in the bot; somebody who called by phone has the same ground. */
export const isUnderTens = ({ ground, source }: Pick<Request, 'ground' | 'source'>): boolean =>
  ground === vitalInterest && source === 'bot'
