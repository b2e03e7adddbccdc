import type { Activity } from '#storage/plan/activities.ts'
import type { Sealer } from '#storage/seal.ts'

// Which help of the catalogue an activity is, beside the sealed plan: reports count it without opening every plan. Sealed, because
// «помощь при алкогольной зависимости» is not for whoever reads the table.

type Place = Pick<Activity, 'familyId' | 'code'>
const placeOf = ({ familyId, code }: Place): string => `activities.catalogue.${familyId}.${code}`

export const sealCatalogue = (sealer: Sealer, place: Place, catalogueCode: string): string =>
  sealer.seal(catalogueCode, placeOf(place))

export const openCatalogue = (sealer: Sealer, place: Place, sealed: string): string =>
  sealer.open(sealed, placeOf(place))
