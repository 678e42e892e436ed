// What a guest has to do to use a trunk (docs/reference/trunks.md): one VLAN interface per subport with the subport's MAC, up, DHCP.
// Neutron never configures a guest; the console shows these commands, and runs them through the guest agent when told to.
// A wrong MAC dies in br-int table 25, a wrong VLAN id on the trunk bridge.

import { explainArgv } from '../explain/command'
import { findById } from '../topology/find'
import type { SubPort, Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import type { GuestInterface } from './audit'
import { isSameMac } from './guest-interfaces'

export const dhcpClients = ['udhcpc', 'dhclient', 'none'] as const
/** busybox's, ISC's, or nothing for an address given by hand. */
export type DhcpClient = (typeof dhcpClients)[number]

export interface GuestSetup {
  readonly portId: string
  /** eth0.101 */
  readonly device: string
  /** What the first command makes; null for a port that is unknown. */
  readonly made: GuestInterface | null
  /** Programs with their arguments, in order: the VLAN interface, then what may be done again at any time. */
  readonly commands: readonly (readonly string[])[]
  /** Takes the interface away again. */
  readonly undo: readonly (readonly string[])[]
  /** The commands as text, one per line. */
  readonly text: string
}

/** Of all subports, or of some. */
export function guestSetups(topology: Topology, trunk: Trunk, client: DhcpClient, portIds: readonly string[] | null = null): GuestSetup[] {
  const vm = topology.vms.find((each) => each.portIds.includes(trunk.portId))
  // Before there is a VM, as most guests would name it.
  const nic = `eth${Math.max(0, vm?.portIds.indexOf(trunk.portId) ?? 0)}`
  const wanted = trunk.subPorts.filter(({ portId }) => portIds === null || portIds.includes(portId))
  return wanted.map((subPort) => guestSetup(topology, subPort, nic, client))
}

function guestSetup(topology: Topology, { portId, segmentationId }: SubPort, nic: string, client: DhcpClient): GuestSetup {
  const device = `${nic}.${segmentationId}`
  const mac = findById(topology.ports, portId)?.macAddress
  const commands = [
    [
      'ip',
      'link',
      'add',
      'link',
      nic,
      'name',
      device,
      ...(mac === undefined ? [] : ['address', mac]),
      'type',
      'vlan',
      'id',
      String(segmentationId),
    ],
    ['ip', 'link', 'set', 'dev', device, 'up'],
    ...dhcp(device, client),
  ]
  const made = mac === undefined ? null : { name: device, macAddress: mac, vlan: segmentationId, parent: nic }
  return { portId, device, made, commands, undo: [['ip', 'link', 'del', 'dev', device]], text: commands.map(explainArgv).join('\n') }
}

/** Whether the guest has the VLAN interface just as the first command would make it, so that a second run can do without. */
export const isMade = ({ made }: GuestSetup, interfaces: readonly GuestInterface[]): boolean =>
  made !== null &&
  interfaces.some(
    ({ name, macAddress, vlan, parent }) =>
      name === made.name && isSameMac(macAddress, made.macAddress) && vlan === made.vlan && parent === made.parent,
  )

function dhcp(device: string, client: DhcpClient): string[][] {
  switch (client) {
    case 'udhcpc':
      // Ends after the first lease, or after ten tries without one.
      return [['udhcpc', '-i', device, '-q', '-n', '-t', '10', '-T', '1']]
    case 'dhclient':
      return [['dhclient', '-1', device]]
    case 'none':
      return []
  }
}
