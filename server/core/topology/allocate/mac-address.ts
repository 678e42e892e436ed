// MAC addresses with Neutron's prefixes; the last three octets are random bytes handed in, so that tests can foresee them.

import type { IdSource } from '../id-source'

/** 2^24 addresses per prefix: with half of them taken, fifty draws fail once in 10^15. */
const MAX_DRAWS = 50

export function drawMac(base: string, taken: ReadonlySet<string>, ids: IdSource): string {
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const suffix = Array.from(ids.bytes(3), (byte) => byte.toString(16).padStart(2, '0'))
    const mac = [base, ...suffix].join(':')
    if (!taken.has(mac)) return mac
  }
  throw new Error(`invariant: no free MAC address under ${base} in ${MAX_DRAWS} draws of random bytes`)
}
