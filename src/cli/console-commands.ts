import { type CommandSpec, someId, staffId } from './command-spec.ts'

export const consoleCommands: readonly CommandSpec[] = [
  {
    words: 'console link',
    name: 'console-link',
    usage: '<id or first name>',
    says: [
      'prints a one-time link into the console, valid for an hour, for a staff member who has no Telegram or has lost it;',
      'it signs in whoever opens it: give it to that person alone',
    ],
    example: 'Anna',
    argument: { shown: '<id or first name>', key: 'who', needs: 'the id or first name of a staff member' },
  },
  {
    words: 'console identity',
    name: 'console-identity',
    usage: '<id> [--value <value of the claim>|--remove]',
    says: [
      "says who a staff member is for the centre's own sign-in (OIDC_ISSUER, OIDC_CLAIM); only a keyed hash of it is stored;",
      '--remove ends it',
    ],
    example: `${someId} --value anna@centre.example`,
    argument: staffId,
    options: {
      value: { key: 'value', kind: 'text', needs: 'the value of the claim, or say --remove' },
      remove: { key: 'remove', kind: 'flag', needs: '' },
    },
  },
]
