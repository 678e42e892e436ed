// Several VMs in one edit: named one by one, or after a pattern.

import { z } from 'zod'
import { idInput } from '../../input-shapes'
import { type VmInput, vmInput } from './vm-input'

/** Each takes some milliseconds of the one transaction that all are made in. */
const MAX_AT_ONCE = 100

const listedVms = z.strictObject({ items: z.array(vmInput).min(1).max(MAX_AT_ONCE) })

const patternedVms = z.strictObject({
  /** Of its name the first `#` is where the number goes; without one it goes behind, after a dash. */
  pattern: vmInput,
  count: z.int().min(1).max(MAX_AT_ONCE),
  /** The first number. */
  from: z.int().min(0).max(1_000_000).default(1),
  /** Hosts in turn; left out, all go to the pattern's, or where they are chosen to. */
  hostIds: z.array(idInput).min(1).max(MAX_AT_ONCE).optional(),
})

export const vmsInput = z.union([listedVms, patternedVms])
export type VmsInput = z.output<typeof vmsInput>

export function listVms(input: VmsInput): readonly VmInput[] {
  if ('items' in input) return input.items
  const { pattern, count, from, hostIds = [pattern.hostId ?? null] } = input
  return Array.from({ length: count }, (_, index) => ({
    ...pattern,
    name: numbered(pattern.name, from + index),
    hostId: hostIds[index % hostIds.length] ?? null,
  }))
}

const numbered = (name: string, number: number): string => (name.includes('#') ? name.replace('#', String(number)) : `${name}-${number}`)
