// What an MTU may be, whatever carries it.

import { MAX_MTU, MIN_MTU } from '../mtu'
import { invalid, type Violation } from '../violation'

export function checkMtuRange(mtu: number): Violation[] {
  if (Number.isInteger(mtu) && mtu >= MIN_MTU && mtu <= MAX_MTU) return []
  return [invalid('mtu-range', 'mtu', { least: MIN_MTU, most: MAX_MTU })]
}
