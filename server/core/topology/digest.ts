// A short text that is equal for equal designs: a plan names the design it was made from, an apply refuses another one.

import { oncePer } from '../once-per'
import { sha1Hex } from '../sha1'
import { sortTopology } from './order'
import type { Topology } from './topology'

/** Asked by a plan, when it is applied and when its turn comes. */
export const topologyDigest = oncePer((topology: Topology): string => sha1Hex(renderCanonical(sortTopology(topology))))

/** JSON with sorted keys, for comparing by value; an absent key and undefined are the same. */
export function renderCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderCanonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, each]) => `${JSON.stringify(key)}:${renderCanonical(each)}`).join(',')}}`
}
