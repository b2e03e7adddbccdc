import { quarterReportScreen } from './quarter-report-screen.ts'

export const reportScreens = { 'quarter-report': quarterReportScreen }
