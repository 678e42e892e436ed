// The table, and the priority of the rule that leads there, by which what a distributed router does not lead out itself leaves a subnet.

import { invariant } from '../invariant'
import { parseIpv4 } from '../topology/ipv4'
import type { Port } from '../topology/kinds/port/port'

/** The address of the router's interface there as a number, as Neutron names it: greater than any that a floating IP has. */
export function tableNumber({ id, fixedIps }: Port, subnetId = fixedIps[0]?.subnetId): number {
  const number = parseIpv4(fixedIps.find((fixedIp) => fixedIp.subnetId === subnetId)?.ipAddress ?? '')
  invariant(number !== null, `no address of interface ${id}`)
  return number
}
