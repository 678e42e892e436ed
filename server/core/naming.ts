// Owner ↔ device, bridge, cookie and namespace names, and the one answer to "is this ours?".
// Name lengths and prefixes are those of Neutron and nova (docs/reference/names-and-ids.md). A name is never resolved back to an object:
// 11 hex digits of a UUID may collide, so the full id travels in the mark.

import { sha1Hex } from './sha1'

/** What a device, row, flow or file belongs to. */
export type OwnerKind = 'host' | 'network' | 'port' | 'vm' | 'trunk' | 'router' | 'gateway' | 'uplink'
export interface Owner {
  readonly kind: OwnerKind
  readonly id: string
}

export const INTEGRATION_BRIDGE = 'br-int'
export const TUNNEL_BRIDGE = 'br-tun'
export const PATCH_TUN = 'patch-tun' // on br-int
export const PATCH_INT = 'patch-int' // on br-tun
/** Linux device names hold 15 visible characters (IFNAMSIZ 16 with the NUL). */
export const MAX_DEVICE_NAME = 15
/** external_ids key, alias prefix and libvirt metadata name of everything we make. */
export const MARK = 'tapline'

const portDevice = (prefix: string, portId: string) => `${prefix}${portId.slice(0, 11)}`

export const tapName = (portId: string) => portDevice('tap', portId)
export const qbrName = (portId: string) => portDevice('qbr', portId)
export const qvbName = (portId: string) => portDevice('qvb', portId)
export const qvoName = (portId: string) => portDevice('qvo', portId)
/** Of a router's interface, and of its gateway. */
export const qrName = (portId: string) => portDevice('qr-', portId)
export const qgName = (portId: string) => portDevice('qg-', portId)
/** Of the central part of a distributed router, in a subnet of it. */
export const sgName = (portId: string) => portDevice('sg-', portId)
/** Of a member of a gateway cluster, in the external network. */
export const gwName = (portId: string) => portDevice('gw-', portId)
/** Of a cluster, on its members: the bridge that ends tunnels for it, its tunnel port, and the port between its flows and its namespace. */
export const GATEWAY_BRIDGE = 'br-gw'
export const GATEWAY_TUNNEL = 'vxlan-gw'
export const gwiName = (clusterId: string) => `gwi-${clusterId.slice(0, 10)}`
/** Of a host's port for floating IPs. */
export const fgName = (portId: string) => portDevice('fg-', portId)

/** Of a port that was found, its name is the device's. */
export const routerDevice = ({
  id,
  name,
  deviceOwner,
}: {
  readonly id: string
  readonly name: string
  readonly deviceOwner: string
}): string => {
  if (name !== '') return name
  if (deviceOwner === 'network:router_centralized_snat') return sgName(id)
  return deviceOwner === 'network:router_gateway' ? qgName(id) : qrName(id)
}

/** Bridge of a trunk; one character is left free, as in Neutron. */
export const trunkBridgeName = (trunkId: string) => `tbr-${trunkId.slice(0, 10)}`
/** Patch pair of the parent: on the trunk bridge, and on br-int. */
export const tptName = (parentPortId: string) => portDevice('tpt-', parentPortId)
export const tpiName = (parentPortId: string) => portDevice('tpi-', parentPortId)
/** Patch pair of a subport: on the trunk bridge, and on br-int. */
export const sptName = (subPortId: string) => portDevice('spt-', subPortId)
export const spiName = (subPortId: string) => portDevice('spi-', subPortId)
/** The end on the trunk bridge, whose tag is the guest's VLAN; the other end's is the local one. */
export const isTrunkBridgeEnd = (device: string) => device.startsWith('spt-') || device.startsWith('tpt-')
/** Either end of a trunk's pair of patch ports. */
export const isTrunkPatch = (device: string) => isTrunkBridgeEnd(device) || device.startsWith('spi-') || device.startsWith('tpi-')

/** Linux bridge of a network, where the host's agent is of that kind. */
export const brqName = (networkId: string) => `brq${networkId.slice(0, 11)}`
/** End of a veth pair inside qdhcp-; the other one is the port's tap in the network's bridge (BridgeInterfaceDriver). */
export const nsName = (portId: string) => portDevice('ns-', portId)
/** Names the VNI, unlike the tunnel ports of Open vSwitch. */
export const vxlanDeviceName = (vni: number) => `vxlan-${vni}`

/** Longest `.<vlan>`, and how many digits of a hash stand for the rest of a NIC's name. */
const VLAN_SUFFIX = 5
const NAME_HASH = 6

/** ens38.120; a longer name keeps its first letters and a hash (linuxbridge_neutron_agent.py get_subinterface_name). */
export function vlanDeviceName(nic: string, vlanId: number): string {
  const suffix = `.${vlanId}`
  if (nic.length + suffix.length <= MAX_DEVICE_NAME) return `${nic}${suffix}`
  const hash = sha1Hex(nic).slice(0, NAME_HASH)
  return `${nic.slice(0, MAX_DEVICE_NAME - VLAN_SUFFIX - NAME_HASH)}${hash}${suffix}`
}

/** Devices of a host's nested uplinks: br-data, qvb-data and qvo-data for the first, br-data2 … for the second, and so on. */
const uplinkDevice = (prefix: string, number: number) => `${prefix}-data${number === 1 ? '' : number}`
export const dataBridgeName = (number: number) => uplinkDevice('br', number)
export const dataQvbName = (number: number) => uplinkDevice('qvb', number)
export const dataQvoName = (number: number) => uplinkDevice('qvo', number)
export const uplinkDeviceNames = (number: number) => [dataBridgeName(number), dataQvbName(number), dataQvoName(number)]

const PLUG_BRIDGE = /^(?:(?:qbr|brq)[0-9a-f-]{11}|br-data\d*)$/
export const isUplinkBridge = (bridge: string | null): boolean => /^br-data\d*$/.test(bridge ?? '')
const PLUG_TAP = /^tap[0-9a-f-]{11}$/
/** Libvirt keeps no mark on a NIC of a VM. Ours is told by where it is plugged in: its tap, and the bridge of that. */
export const isOwnPlug = (bridge: string | null, tap: string | null): boolean => PLUG_BRIDGE.test(bridge ?? '') && PLUG_TAP.test(tap ?? '')

/** Patch ports between br-int and a provider bridge. */
export const intPatchName = (bridge: string) => `int-${bridge}`
export const phyPatchName = (bridge: string) => `phy-${bridge}`

/** Holds the tunnel NIC and the VTEP address where the userspace datapath is used. */
export const underlayBridgeName = (nic: string) => `br-${nic}`

/** Label of a VTEP address that we put on a NIC: the only mark an address can carry. Begins with the device's name (iproute2). */
export const vtepLabel = (nic: string) => `${nic}:tl`

export const dhcpNamespace = (networkId: string) => `qdhcp-${networkId}`
/** Ends of the pair that joins a distributed router with the namespace of floating IPs: in the router, and there. */
export const rfpName = (routerId: string) => `rfp-${routerId.slice(0, 10)}`
export const fprName = (routerId: string) => `fpr-${routerId.slice(0, 10)}`

/** Of floating IPs of an external network. */
export const fipNamespace = (networkId: string) => `fip-${networkId}`
/** undefined: it is another namespace. */
export const networkOfFip = (netns: string): string | undefined => /^fip-(.+)$/.exec(netns)?.[1]
/** Of the central part of a distributed router. */
export const snatNamespace = (routerId: string) => `snat-${routerId}`
/** Of a gateway cluster on its members. */
export const gatewayNamespace = (clusterId: string) => `gateway-${clusterId}`
export const routerNamespace = (routerId: string) => `qrouter-${routerId}`
export const dhcpDirectory = (networkId: string) => `/var/lib/tapline/dhcp/${networkId}`

/** vxlan-c0a8960a for 192.168.150.10: names the remote VTEP, never the VNI. */
export function vxlanPortName(remoteAddress: string): string {
  const hex = remoteAddress
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join('')
  return `vxlan-${hex}`
}

export const renderOwner = (owner: Owner): string => `${owner.kind}/${owner.id}`
/** Interface alias of a device of ours. */
export const renderAlias = (owner: Owner): string => `${MARK}:${renderOwner(owner)}`

const OWNER = /^(host|network|port|vm|trunk|router|gateway|uplink)\/([0-9a-f-]{36})$/

export function parseOwner(text: string | undefined): Owner | null {
  const match = OWNER.exec(text ?? '')
  return match ? { kind: match[1] as OwnerKind, id: match[2]! } : null
}

export function parseAlias(alias: string | undefined): Owner | null {
  return alias?.startsWith(`${MARK}:`) ? parseOwner(alias.slice(MARK.length + 1).split(UPLINK)[0]) : null
}

/** Behind the owner in the alias of a bridge: the NIC that was put into it, which has no place for a mark of its own. */
const UPLINK = ',nic='
export const renderUplink = (nic: string): string => `${UPLINK}${nic}`
export const parseUplink = (alias: string | undefined): string | null => alias?.split(UPLINK)[1] ?? null

/** First 16 bits of every flow cookie of ours ("ta"); the rest are the first 48 bits of the owner's id. */
const COOKIE_PREFIX = '0x7461'

/** Canonical cookie text, as ovs-ofctl prints it. */
export const cookieOf = (owner: Owner): string =>
  `${COOKIE_PREFIX}${owner.id
    .replace(/[^0-9a-f]/g, '')
    .slice(0, 12)
    .padStart(12, '0')}`

/** 0x7461 is never printed shorter: its first digit is not 0. */
export const isOurCookie = (cookie: string): boolean => /^0x7461[0-9a-f]{12}$/.test(cookie)
