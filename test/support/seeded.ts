import fc from 'fast-check'
import { seedFrom } from './effort.ts'

// Loaded before each test file: properties begin where `PROPERTY_SEED` says.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seedFrom('PROPERTY_SEED') | 0 })
