import { openTerritoryBook, type TerritoryBook } from '#features/territories/territory-book.ts'
import { type RegionCode, region } from '#regions/index.ts'
import type { Database } from '#storage/database.ts'

/** The territories of this database, or, if it has none, those of a new centre. */
export const territoriesIn = (database: Database, code: RegionCode = 'stavropol'): TerritoryBook =>
  openTerritoryBook({ database: () => database }, region(code))
