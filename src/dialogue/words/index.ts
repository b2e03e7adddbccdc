import { handOverScreen } from './held-words.ts'

export const wordScreens = { 'hand-over': handOverScreen }
