// Whether Open vSwitch runs on a host, by what its bridges said when they were asked for their flows. One that is slow or stopped is
// not gone: it takes a change over when it can.

import type { HostObservation } from '../host/observation'

/** Of ovs-ofctl: the socket of the bridge has nobody behind it, or is not there. */
const NOBODY = /\(Connection refused\)$|is not a bridge or a socket$/

export function isSwitchGone({ state, unparsed }: Pick<HostObservation, 'state' | 'unparsed'>): boolean {
  const { ovsBridges: bridges } = state
  const silent = new Set(
    unparsed.flatMap(({ section, reason }) => (reason.code === 'exit-code' && NOBODY.test(reason.params.said) ? [section] : [])),
  )
  return bridges.length > 0 && bridges.every(({ name }) => silent.has(`flows ${name}`))
}
