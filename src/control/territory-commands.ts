import { DomainError } from '#core/errors.ts'
import {
  addTerritory,
  renameTerritory,
  retire,
  TerritoryInUse,
} from '#features/territories/change-territories.ts'
import { joinedStaff } from '#storage/staff/staff.ts'
import {
  type LeftInTerritory,
  listTerritories,
  type StoredTerritory,
} from '#storage/territories/territories.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>

export const addTerritoryCommand = async (
  deps: CommandDeps,
  { code, ru, en, called, areaCode }: Of<'territory-add'>,
): Promise<string[]> => {
  const given = { ...(called.length > 0 && { called }), ...(areaCode !== undefined && { areaCode }) }
  const added = await change(deps, 'This code is in use, or was once', (tx, by) =>
    addTerritory(tx, { code, name: { ru, en }, ...given, by }),
  )
  return [
    `Added ${added.code}: ${added.name.ru} / ${added.name.en}. ${spoken(added)}`,
    'Nobody serves it yet: staff territories <id> --territory …, or staff add',
  ]
}

export const renameTerritoryCommand = async (
  deps: CommandDeps,
  { code, ru, en, called, areaCode }: Of<'territory-rename'>,
): Promise<string[]> => {
  const before = (await listTerritories(deps.db)).find((one) => one.code === code)
  const name = before && { ru: ru ?? before.name.ru, en: en ?? before.name.en }
  const given = { ...(called.length > 0 && { called }), ...(areaCode !== undefined && { areaCode }) }
  const { name: names, ...territory } = await change(deps, 'It cannot be renamed', (tx, by) =>
    renameTerritory(tx, { code, ...((ru ?? en) !== undefined && name && { name }), ...given, by }),
  )
  return [`${code}: ${names.ru} / ${names.en}. ${spoken(territory)}`]
}

export const retireTerritoryCommand = async (
  deps: CommandDeps,
  { code, to }: Of<'territory-retire'>,
): Promise<string[]> => {
  const { left } = await change(deps, 'It is retired already', (tx, by) =>
    retire(tx, { code, to: to ?? null, by }),
  )
  const limited = left.keys + left.webhooks
  return [
    `Retired ${code}: nobody is offered it any more, and what was done there keeps its name`,
    ...(to !== undefined ? [`To ${to}: ${counted(left)}. Its staff serve ${to} as well`] : []),
    ...(limited > 0
      ? [
          `Still limited to ${code}: ${left.keys} keys, ${left.webhooks} webhook endpoints, which do not see what has moved`,
        ]
      : []),
  ]
}

export const listTerritoriesCommand = async ({ db }: CommandDeps): Promise<string[]> => {
  const staff = [
    ...(await joinedStaff(db, 'intake')),
    ...(await joinedStaff(db, 'supervisor')),
    ...(await joinedStaff(db, 'curator')),
  ]
  return (await listTerritories(db)).map(({ code, name, retiredAt, successor }) => {
    const serving = staff.filter(({ territories }) => territories.includes(code))
    const state = retiredAt
      ? `retired${successor === null ? '' : `, to ${successor}`}`
      : serving.map((one) => `${one.name} (${one.role})`).join(', ') || 'nobody serves it'
    return [code, name.ru, name.en, state].join('\t')
  })
}

const change = async <T>(
  { db, clock, territories }: CommandDeps,
  taken: string,
  work: (tx: Parameters<typeof addTerritory>[0], by: { apiKeyId: null; now: Date }) => Promise<T>,
): Promise<T> => {
  try {
    const done = await db.transaction((tx) => work(tx, { apiKeyId: null, now: clock.now() }))
    await territories.refresh()
    return done
  } catch (error) {
    if (error instanceof TerritoryInUse)
      throw new CommandProblem(
        `Left there: ${counted(error.left)}. Name in --to which territory takes them over, or move them first`,
        { cause: error },
      )
    if (!(error instanceof DomainError)) throw error
    throw new CommandProblem(problems[error.code] ?? taken, { cause: error })
  }
}

const problems: Partial<Record<DomainError['code'], string>> = {
  'not-found': 'There is no such territory: territory list names them',
  'not-eligible': '--to must be another territory that is in use',
  'not-allowed': 'A centre has between one and sixty territories in use',
}

const counted = ({ staff, requests, families }: LeftInTerritory): string =>
  [
    `${staff.length} staff${staff.length > 0 ? ` (${staff.map(({ name }) => name).join(', ')})` : ''}`,
    `${requests} open requests`,
    `${families} families`,
  ].join(', ')

const spoken = ({ called }: Pick<StoredTerritory, 'called'>): string =>
  called.length > 0
    ? `Understood from words that begin with: ${called.join(', ')}`
    : 'Typed words are not understood as it: say with --called how people call it'
