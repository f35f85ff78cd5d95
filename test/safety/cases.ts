import { CATALOGUE_CASES } from './catalogue.ts'
import { INPUT_CASES } from './input-cases.ts'
import type { Case } from './outcome.ts'
import { PRIVACY_CASES } from './privacy-cases.ts'

/** Every case of bad input (B) and of privacy (C), with its expected outcome. Others test many of them further: see docs/proofs.md. */
export const CASES: readonly Case[] = [...CATALOGUE_CASES, ...INPUT_CASES, ...PRIVACY_CASES]
