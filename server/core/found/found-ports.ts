// The ports of a cloud that somebody else wired, each host read by the driver of its agent.

import { groupBy } from '../group-by'
import type { HostView } from '../path/host-view'
import type { FoundDriver, FoundPort } from './found-port'
import { foundLinuxbridge } from './linuxbridge/driver'
import { foundOpenvswitch } from './openvswitch/driver'

/** Who tells the names of physical networks comes first: of a network that several tell of, the first one is heard. */
const drivers: readonly FoundDriver[] = [foundOpenvswitch, foundLinuxbridge]

/** A host without any wiring is none of the others. */
export const foundDriverOf = (view: HostView): FoundDriver => drivers.find((driver) => driver.isAt(view)) ?? foundOpenvswitch

export function foundPorts(cloud: readonly HostView[]): FoundPort[] {
  const views = groupBy(cloud, foundDriverOf)
  return drivers.flatMap((driver) => (views.get(driver) ?? []).flatMap((view) => driver.ports(view, cloud)))
}
