import { handOverScreen } from './held-words.ts'
import { staffSendScreen } from './staff-send-screen.ts'

export const wordScreens = { 'hand-over': handOverScreen, 'staff-send': staffSendScreen }
