import { z } from 'zod'
import { calendarScreens } from './calendar/index.ts'
import { familyScreens } from './families/index.ts'
import { hidingScreens } from './hiding/index.ts'
import { homeScreens } from './home/index.ts'
import { incomingScreens } from './incoming/index.ts'
import { intakeScreens } from './intake/index.ts'
import { levelScreens } from './levels/index.ts'
import { messageScreens } from './messages/index.ts'
import { myDataScreens } from './my-data/index.ts'
import { needScreens } from './needs/index.ts'
import { planScreens } from './plan/index.ts'
import { pushScreens } from './pushes/index.ts'
import { registerScreens } from './registers/index.ts'
import type { ScreenName, ScreenState } from './registry.ts'
import { reportScreens } from './reports/index.ts'
import { requestScreens } from './requests/index.ts'
import type { Screen } from './screen.ts'
import { sessionSchemaOf } from './session.ts'
import { staffScreens } from './staff/index.ts'
import { surveyScreens } from './surveys/index.ts'
import { togetherScreens } from './together/index.ts'
import { visitScreens } from './visits/index.ts'
import { wordScreens } from './words/index.ts'
import { worklistScreens } from './worklist/index.ts'

/** Every screen of the conversation; the compiler names one that is declared and not registered. */
const screens: { readonly [Name in ScreenName]: Screen<Name> } = {
  ...homeScreens,
  ...hidingScreens,
  ...intakeScreens,
  ...requestScreens,
  ...incomingScreens,
  ...familyScreens,
  ...needScreens,
  ...levelScreens,
  ...planScreens,
  ...registerScreens,
  ...reportScreens,
  ...visitScreens,
  ...messageScreens,
  ...surveyScreens,
  ...pushScreens,
  ...myDataScreens,
  ...calendarScreens,
  ...wordScreens,
  ...worklistScreens,
  ...staffScreens,
  ...togetherScreens,
}

export const allScreens = Object.values(screens) as unknown as readonly Screen[]

/** The screen of a state; its name is what picks it, so state and screen always fit. */
export const screenOf = (state: ScreenState): Screen => screens[state.name] as unknown as Screen

const stateSchemas = allScreens.map(({ name, state }) =>
  z.object({ name: z.literal(name), ...(state as z.ZodObject | undefined)?.shape }),
)

/** What is kept of a person's screen between two inputs. */
export const sessionSchema = sessionSchemaOf(
  z.discriminatedUnion('name', stateSchemas as never) as unknown as z.ZodType<ScreenState>,
)
