// The ports of a host that somebody else wired, from what Neutron's agent, nova and libvirt leave in the OVSDB: port id, MAC address
// and VM in Interface external_ids, network and segment in Port other_config (docs/reference/hybrid-plug.md). On a trunk the port is the
// patch end on br-int, and the VIF that the guest is plugged by is on the trunk bridge (docs/reference/trunks.md).

import type { Link } from '../../host/link'
import type { OvsPort } from '../../host/ovs'
import { INTEGRATION_BRIDGE, dhcpNamespace, routerNamespace } from '../../naming'
import type { HostView } from '../../path/host-view'
import type { FoundPort, FoundSegment } from '../found-port'

/** Names of devices and flows are made of these. What is no id of Neutron's is no port of Neutron's. */
const isUuid = (text: string | undefined): text is string => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i

export const foundPorts = (view: HostView): FoundPort[] => view.portsOf(INTEGRATION_BRIDGE).flatMap((row) => foundPort(view, row) ?? [])

function foundPort(view: HostView, row: OvsPort): FoundPort | null {
  const { type, externalIds } = row.interface
  const [portId, macAddress, networkId] = [externalIds['iface-id'], externalIds['attached-mac'], row.otherConfig['net_uuid']]
  if (!isUuid(portId) || !isUuid(networkId) || !MAC.test(macAddress ?? '')) return null
  const inside = insideOf(view, row)
  const found = {
    view,
    device: row.name,
    plug: row.name,
    portId,
    macAddress: macAddress!.toLowerCase(),
    networkId,
    segment: segmentOf(row),
    vmId: vmIdOf(row),
    inside,
    trunk: null,
    tags: [row.tag, Number(row.otherConfig['tag'] ?? Number.NaN)].flatMap((tag) => (tag === null || !Number.isInteger(tag) ? [] : [tag])),
  }
  if (type === 'patch') return trunkPort(found, row)
  if (inside === null) return type === 'internal' ? null : { ...found, kind: 'vm' }
  if (inside.netns === dhcpNamespace(networkId)) return { ...found, kind: 'dhcp' }
  return inside.netns.startsWith(routerNamespace('')) ? { ...found, kind: 'router' } : null
}

/** An internal port that was moved, or the other end of a veth pair. */
function insideOf(view: HostView, { name, interface: { type } }: OvsPort): Link | null {
  if (type === 'internal') return view.movedLink(name) ?? null
  const peer = view.link('', name)?.peer
  return peer && peer.netns !== '' ? (view.link(peer.netns, peer.name) ?? null) : null
}

/** null for a patch port that is no trunk's, and where the trunk bridge does not tell whose it is. */
function trunkPort(found: Omit<FoundPort, 'kind'>, row: OvsPort): FoundPort | null {
  const { view, portId } = found
  const outer = view.portAnywhere(row.interface.options['peer'] ?? '')
  const plug =
    outer &&
    view.portsOf(outer.bridge).find(({ interface: { type, externalIds } }) => type !== 'patch' && externalIds['trunk_id'] !== undefined)
  const [trunkId, parentPortId] = [plug?.interface.externalIds['trunk_id'], plug?.interface.externalIds['iface-id']]
  if (!outer || !plug || !isUuid(trunkId) || !isUuid(parentPortId)) return null
  const isParent = parentPortId === portId
  const trunk = { trunkId, parentPortId, guestVlan: isParent ? null : outer.tag }
  return { ...found, plug: plug.name, vmId: vmIdOf(plug), kind: isParent ? 'vm' : 'subport', trunk }
}

/** `physical_network` is the text "None" for tunnels. */
function segmentOf({
  otherConfig: { network_type: type, physical_network: physical, segmentation_id: segmentationId },
}: OvsPort): FoundSegment {
  return { type, physicalNetworkId: physical && physical !== 'None' ? physical : null, segmentationId }
}

/** nova writes vm-uuid, libvirt vm-id. */
const vmIdOf = ({ interface: { externalIds } }: OvsPort): string => externalIds['vm-uuid'] ?? externalIds['vm-id'] ?? ''
