// Port forwardings by whose they are and whom they lead to.

import { findById } from './find'
import { lookupBy } from './lookup'
import type { ObjectOf, Topology } from './topology'

type PortForwarding = ObjectOf['portForwarding']

/** Those of the floating IP with that id. */
export const forwardingsOf = lookupBy<PortForwarding>(({ floatingIpId }, add) => add(floatingIpId))
/** Those that lead to the port with that id. */
export const forwardingsTo = lookupBy<PortForwarding>(({ internalPortId }, add) => add(internalPortId))

/** Those to an address of the port with that id, of floating IPs of that router. */
export const forwardingsTranslated = (
  { portForwardings, floatingIps }: Pick<Topology, 'portForwardings' | 'floatingIps'>,
  routerId: string,
  portId: string,
  address: string,
): readonly PortForwarding[] =>
  forwardingsTo(portForwardings, portId).filter(
    ({ internalIpAddress, floatingIpId }) => internalIpAddress === address && findById(floatingIps, floatingIpId)?.routerId === routerId,
  )
