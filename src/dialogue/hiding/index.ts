import { hideScreen } from './hide-screen.ts'

export const hidingScreens = { hide: hideScreen }
