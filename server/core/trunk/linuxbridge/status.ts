// The state of a trunk whose parent is on a Linux bridge host (docs/reference/linux-bridge.md): its VLAN interfaces on the parent's tap.
// Nothing there keeps a list of what was wired, so an interface that is missing was not applied yet or went with the tap; both are DOWN.

import { brqName, tapName } from '../../naming'
import { standsOnTap, type Link } from '../../host/link'
import type { HostState } from '../../host/host-state'
import { findById } from '../../topology/find'
import { labelPort } from '../../topology/kinds/port/port-label'
import { labelTrunk } from '../../topology/kinds/trunk/trunk-label'
import type { Port } from '../../topology/kinds/port/port'
import type { SubPort, Trunk } from '../../topology/kinds/trunk/trunk'
import type { Topology } from '../../topology/topology'
import { portSubject, type Found } from '../patch-pair'
import { as, degraded, type TrunkState } from '../trunk-state'

/** Of a VM that runs, and has its tap. */
export function linuxBridgeTrunkState(topology: Topology, trunk: Trunk, parent: Port, { links }: HostState): TrunkState {
  const linkNamed = (name: string) => links.find((link) => link.netns === '' && link.name === name)
  const [tap, bridge] = [tapName(parent.id), brqName(parent.networkId)]
  if (linkNamed(tap)?.master !== bridge)
    return as('ERROR', portSubject({ port: parent, label: labelPort(topology, parent) }), {
      code: 'not-in-bridge',
      params: { device: tap, bridge },
    })
  const missing = trunk.subPorts.filter(({ portId }) => !linkNamed(tapName(portId))).length
  const extra = links.filter(
    (link) => standsOnTap(link) && link.vlan?.lower === tap && !trunk.subPorts.some(({ portId }) => tapName(portId) === link.name),
  ).length
  if (missing + extra > 0)
    return as(
      'DOWN',
      { kind: 'trunk', id: trunk.id, name: labelTrunk(topology, trunk) },
      { code: 'subports-not-wired', params: { missing, extra } },
    )
  return degraded(
    trunk.subPorts.flatMap((subPort) => {
      const port = findById(topology.ports, subPort.portId)
      const found = port && checkSubPort(port, tap, subPort, linkNamed(tapName(port.id))!)
      return found ? [{ subject: portSubject({ port, label: labelPort(topology, port) }), found }] : []
    }),
  )
}

/** null when it takes the right id off the right tap and hands the frames to its network. */
function checkSubPort(port: Port, tap: string, { segmentationId }: SubPort, { name, vlan, master, isUp }: Link): Found | null {
  if (vlan?.lower !== tap) return { code: 'vlan-device-elsewhere', params: { device: name, tap } }
  if (vlan.id !== segmentationId) return { code: 'vlan-device-id', params: { device: name, vlan: vlan.id, guestVlan: segmentationId } }
  const bridge = brqName(port.networkId)
  if (master !== bridge) return { code: 'vlan-device-bridge', params: { device: name, bridge } }
  return isUp === false ? { code: 'vlan-device-down', params: { device: name } } : null
}
