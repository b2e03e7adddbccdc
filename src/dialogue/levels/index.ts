import { levelSignsScreen } from './level-signs-screen.ts'

export const levelScreens = { 'level-signs': levelSignsScreen }
