export const territoryHelp = `  npm run ryadom -- territory add <code> --ru <name> --en <name> [--called <beginning> …] [--area-code <digits>]
      adds a territory to the centre: families choose it, staff and keys can be given it;
      --called: beginnings of the words by which people call it, without it found in the names
  npm run ryadom -- territory rename <code> [--ru <name>] [--en <name>] [--called <beginning> …] [--area-code <digits>]
  npm run ryadom -- territory retire <code> [--to <code>]
      offers it to nobody any more; --to: who takes over what is open, and whose staff then serve both; the old name stays
  npm run ryadom -- territory list
      lists them with the staff who serve each`

type Values = {
  ru?: string
  en?: string
  called?: string[]
  'area-code'?: string
  to?: string
}

/** What `ryadom territory …` says; undefined if it is no such command. */
export const parseTerritoryCommand = (
  verb: string | undefined,
  [code, ...more]: string[],
  { ru, en, called = [], 'area-code': areaCode, to }: Values,
): unknown => {
  if (more.length > 0) return undefined
  if (verb === 'list') return code === undefined ? { name: 'territory-list' } : undefined
  if (verb === 'retire') return { name: 'territory-retire', code, ...(to !== undefined && { to }) }
  if (verb !== 'add' && verb !== 'rename') return undefined
  const names = { ...(ru !== undefined && { ru }), ...(en !== undefined && { en }) }
  return { name: `territory-${verb}`, code, ...names, called, ...(areaCode !== undefined && { areaCode }) }
}
