// The fields of a subnet as people read them.

import { list, nameOf, type PrintedFields, yesNo } from '../../print-values'
import type { Topology } from '../../topology'
import type { Subnet } from './subnet'

export function printSubnet(subnet: Subnet, names: Topology): PrintedFields {
  return {
    name: subnet.name,
    network: nameOf(names.networks, subnet.networkId),
    CIDR: subnet.cidr,
    gateway: subnet.gatewayIp,
    DHCP: yesNo(subnet.isDhcpEnabled),
    'name servers': list(subnet.dnsNameservers),
    pools: list(subnet.allocationPools.map(({ start, end }) => `${start}–${end}`)),
  }
}
