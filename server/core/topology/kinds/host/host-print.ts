// The fields of a host as people read them.

import { list, nameOf, type PrintedFields, yesNo } from '../../print-values'
import type { Topology } from '../../topology'
import type { Host, Tunnel } from './host'

export function printHost(host: Host, names: Topology): PrintedFields {
  return {
    name: host.name,
    prepared: yesNo(host.isPrepared),
    'read-only': yesNo(host.isReadOnly),
    'changed beside an agent': yesNo(host.isAgentAccepted),
    'adopted registrations': list(host.adoptedHostIds),
    'restore unit': yesNo(host.hasRestoreUnit),
    'takes VMs, routers and DHCP': yesNo(host.isSchedulable),
    'sets bridge-nf-call-iptables': yesNo(host.hasBridgeNetfilter),
    roles: list(host.roles),
    'availability zone': host.availabilityZone,
    agent: host.agentKind,
    datapath: host.datapathType,
    virtualisation: host.virtType,
    tunnel: host.tunnel && printTunnel(host.tunnel),
    'bridge mappings': list(
      host.bridgeMappings.map(
        ({ physicalNetworkId, bridge, nic }) => `${nameOf(names.physicalNetworks, physicalNetworkId)}: ${bridge} with ${nic}`,
      ),
    ),
    'DVR MAC': host.dvrMac,
    ...(host.vmId !== undefined && { 'is VM': nameOf(names.vms, host.vmId) }),
  }
}

const printTunnel = ({ address, prefixLength, nic, gatewayIp }: Tunnel): string =>
  `${address}/${prefixLength} on ${nic}${gatewayIp === undefined ? '' : `, by ${gatewayIp}`}`
