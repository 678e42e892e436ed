// A pool of addresses as numbers.

import { type AddressRange, parseIpv4 } from '../../ipv4'
import type { AllocationPool } from './subnet'

/** null: one of the two is no address. */
export function readPool(pool: AllocationPool): AddressRange | null {
  const [first, last] = [parseIpv4(pool.start), parseIpv4(pool.end)]
  return first === null || last === null ? null : { first, last }
}
