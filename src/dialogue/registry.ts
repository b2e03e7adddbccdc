/**
 * The state that each screen keeps between two inputs, by the name of the screen. The file that defines a screen adds its
 * own by declaration merging, so that navigation by name is typed without screens importing each other:
 *
 *     declare module '#dialogue/registry.ts' {
 *       interface ScreenStates { visit: z.infer<typeof visitState> }
 *       interface Links { visit: 'visit' }
 *     }
 */
export interface ScreenStates {
  home: Stateless
}

/**
 * Buttons that may be tapped on any card, however old, by their action in the callback data; the value names the screen
 * whose definition follows the link. They lead somewhere, or act on what their argument names as it is now.
 */
export interface Links {
  home: 'home'
}

/** A screen that keeps nothing but its name. */
export type Stateless = Record<never, never>

export type ScreenName = keyof ScreenStates
export type StateOf<Name extends ScreenName> = Name extends ScreenName
  ? { name: Name } & ScreenStates[Name]
  : never
export type ScreenState = StateOf<ScreenName>

export type LinkAction = keyof Links
export type LinksOf<Name extends ScreenName> = {
  [Action in LinkAction as Links[Action] extends Name ? Action : never]: Action
}
