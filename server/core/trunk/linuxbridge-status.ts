// The state of a trunk whose parent is on a Linux bridge host (reference §11.2): its VLAN interfaces on the parent's tap. Nothing there
// keeps a list of what was wired, so an interface that is missing was not applied yet or went with the tap; both are DOWN.

import { brqName, tapName } from '../naming'
import { standsOnTap, type Link } from '../host/link'
import type { HostState } from '../host/host-state'
import { findById, labelPort, quoted } from '../topology/find'
import type { Port, SubPort, Topology, Trunk } from '../topology/topology'
import type { TrunkState } from './trunk-status'

/** Of a VM that runs, and has its tap. */
export function linuxBridgeTrunkState(topology: Topology, trunk: Trunk, parent: Port, { links }: HostState): TrunkState {
  const linkNamed = (name: string) => links.find((link) => link.netns === '' && link.name === name)
  const [tap, bridge] = [tapName(parent.id), brqName(parent.networkId)]
  if (linkNamed(tap)?.master !== bridge) return { status: 'ERROR', reason: `${tap} of the parent is not in ${bridge}.` }
  const missing = trunk.subPorts.filter(({ portId }) => !linkNamed(tapName(portId)))
  const extra = links.filter((link) => standsOnTap(link) && link.vlan?.lower === tap && !trunk.subPorts.some(({ portId }) => tapName(portId) === link.name))
  if (missing.length + extra.length > 0) return { status: 'DOWN', reason: describeChange(missing.length, extra.length) }
  const broken = trunk.subPorts.flatMap((subPort) => checkSubPort(topology, tap, subPort, linkNamed(tapName(subPort.portId))!) ?? [])
  if (broken[0] === undefined) return { status: 'ACTIVE', reason: null }
  return { status: 'DEGRADED', reason: broken.length === 1 ? broken[0] : `${broken[0]} (${broken.length} of ${trunk.subPorts.length} subports are not as they should be)` }
}

function describeChange(missing: number, extra: number): string {
  const parts = [...(missing > 0 ? [`${missing} not wired (new, or lost when the VM was restarted)`] : []), ...(extra > 0 ? [`${extra} to be taken away`] : [])]
  return `Subports: ${parts.join(', ')}. Apply the design.`
}

/** null when it takes the right id off the right tap and hands the frames to its network. */
function checkSubPort(topology: Topology, tap: string, { portId, segmentationId }: SubPort, { name, vlan, master, isUp }: Link): string | null {
  const port = findById(topology.ports, portId)
  if (!port) return null
  const label = quoted(labelPort(topology, port))
  if (vlan?.lower !== tap) return `${name} of ${label} is no VLAN interface on ${tap}.`
  if (vlan.id !== segmentationId) return `${name} of ${label} has VLAN id ${vlan.id}, the guest uses VLAN ${segmentationId}.`
  if (master !== brqName(port.networkId)) return `${name} of ${label} is not in ${brqName(port.networkId)}, its network's bridge.`
  return isUp === false ? `${name} of ${label} is down.` : null
}
