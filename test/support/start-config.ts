import { type Config, readConfig } from '#src/config.ts'

/** What no text about a failed start may hold. */
export const secret = 'tell-nobody'

/** A configuration for long polling with this database. */
export const configOf = (databaseUrl: string): Config =>
  readConfig({
    TELEGRAM_BOT_TOKEN: `1000001:${secret}`,
    DATABASE_URL: databaseUrl,
    DATA_KEYS: `2026:${Buffer.alloc(32, 7).toString('base64')}`,
    ORGANISATION_NAME: 'Центр',
    ORGANISATION_ADDRESS: 'г. Ставрополь',
    ORGANISATION_CONTACT: '8-8652-00-00-00',
  })
