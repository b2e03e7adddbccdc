import { StartRefused } from '#core/start-refused.ts'

/** The database user lacks a privilege that a migration needs; the message says what an administrator must run. */
export class RightsMissing extends StartRefused {
  override name = 'RightsMissing'

  constructor(message: string, options?: ErrorOptions) {
    super('database.rights-missing', message, options)
  }
}
