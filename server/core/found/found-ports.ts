// The ports of a host that somebody else wired, from what Neutron's agent, nova and libvirt leave in the OVSDB: port id, MAC address
// and VM in Interface external_ids, network and segment in Port other_config (reference §5). On a trunk the port is the patch end
// on br-int, and the VIF that the guest is plugged by is on the trunk bridge (reference §11.1).

import type { Link } from '../host/link'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, dhcpNamespace } from '../naming'
import type { HostView } from '../path/host-view'

export interface FoundPort {
  readonly view: HostView
  /** Its row on br-int. */
  readonly row: OvsPort
  /** The row of the device that the guest is plugged by; on a trunk another one than `row`. */
  readonly plug: OvsPort
  readonly portId: string
  readonly macAddress: string
  readonly networkId: string
  readonly kind: 'vm' | 'subport' | 'dhcp' | 'router'
  /** The device of a server or a router, in its namespace. */
  readonly inside: Link | null
  readonly trunk: FoundTrunk | null
}

/** A port of a trunk: by which bridge, and with which VLAN id in the guest (null: the parent's untagged frames). */
export interface FoundTrunk {
  readonly bridge: string
  readonly trunkId: string
  readonly parentPortId: string
  readonly guestVlan: number | null
}

/** Names of devices and flows are made of these. What is no id of Neutron's is no port of Neutron's. */
const isUuid = (text: string | undefined): text is string => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i

export const foundPorts = (view: HostView): FoundPort[] => view.portsOf(INTEGRATION_BRIDGE).flatMap((row) => foundPort(view, row) ?? [])

function foundPort(view: HostView, row: OvsPort): FoundPort | null {
  const { type, externalIds } = row.interface
  const [portId, macAddress, networkId] = [externalIds['iface-id'], externalIds['attached-mac'], row.otherConfig['net_uuid']]
  if (!isUuid(portId) || !isUuid(networkId) || !MAC.test(macAddress ?? '')) return null
  const inside = insideOf(view, row)
  const found = { view, row, plug: row, portId, macAddress: macAddress!.toLowerCase(), networkId, trunk: null, inside }
  if (type === 'patch') return trunkPort(found)
  if (inside === null) return type === 'internal' ? null : { ...found, kind: 'vm' }
  if (inside.netns === dhcpNamespace(networkId)) return { ...found, kind: 'dhcp' }
  return inside.netns.startsWith('qrouter-') ? { ...found, kind: 'router' } : null
}

/** An internal port that was moved, or the other end of a veth pair. */
function insideOf(view: HostView, { name, interface: { type } }: OvsPort): Link | null {
  if (type === 'internal') return view.movedLink(name) ?? null
  const peer = view.link('', name)?.peer
  return peer && peer.netns !== '' ? (view.link(peer.netns, peer.name) ?? null) : null
}

/** null for a patch port that is no trunk's, and where the trunk bridge does not tell whose it is. */
function trunkPort(found: Omit<FoundPort, 'kind'>): FoundPort | null {
  const { view, row, portId } = found
  const outer = view.portAnywhere(row.interface.options['peer'] ?? '')
  const plug = outer && view.portsOf(outer.bridge).find(({ interface: { type, externalIds } }) => type !== 'patch' && externalIds['trunk_id'] !== undefined)
  const [trunkId, parentPortId] = [plug?.interface.externalIds['trunk_id'], plug?.interface.externalIds['iface-id']]
  if (!outer || !plug || !isUuid(trunkId) || !isUuid(parentPortId)) return null
  const isParent = parentPortId === portId
  const trunk = { bridge: outer.bridge, trunkId, parentPortId, guestVlan: isParent ? null : outer.tag }
  return { ...found, plug, kind: isParent ? 'vm' : 'subport', trunk }
}

/** nova writes vm-uuid, libvirt vm-id (reference §5 step 4). */
export const vmIdOf = ({ plug: { interface: { externalIds } } }: FoundPort): string => externalIds['vm-uuid'] ?? externalIds['vm-id'] ?? ''
