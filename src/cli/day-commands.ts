import type { CommandSpec } from './command-spec.ts'

const argument = { shown: '<day>', key: 'day', needs: 'a day such as 2027-03-10' }

export const dayCommands: readonly CommandSpec[] = [
  {
    words: 'days-off add',
    name: 'days-off-add',
    usage: '<day> --act <act> [--working]',
    says: [
      "adds a day off to the centre's calendar, with the act that says so; terms that it moves are counted anew;",
      '--working: a Saturday, Sunday or day off that is worked',
    ],
    example: '2027-03-10 --act "Decree No. 12 of 15 January 2027"',
    argument,
    options: {
      act: { key: 'act', kind: 'text', required: true, needs: 'the name of the act' },
      working: { key: 'working', kind: 'flag', needs: '' },
    },
  },
  {
    words: 'days-off remove',
    name: 'days-off-remove',
    usage: '<day>',
    says: ['takes a day back that the centre has added'],
    example: '2027-03-10',
    argument,
    options: {},
  },
  {
    words: 'days-off list',
    name: 'days-off-list',
    usage: '',
    example: '',
    says: ['lists the days that the centre has added'],
  },
]
