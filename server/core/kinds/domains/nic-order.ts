// eth0, eth1, …: the guest counts its NICs by their place on the PCI bus. Libvirt gives places in the order of the definition; one that is plugged
// in while the VM runs comes last in the definition and takes the first place that is free. Only ports are counted: a nested uplink is one NIC more.

import { isOwnNic, type Domain } from '../../host/domain'
import { isUplinkBridge } from '../../naming'

const portMacs = ({ interfaces }: Domain): readonly string[] =>
  interfaces.filter((nic) => isOwnNic(nic) && !isUplinkBridge(nic.source)).map(({ macAddress }) => macAddress)

/** Of NICs that both have; null where the guest counts them as wanted, or will when it starts anew. */
export function nicOrderOf(desired: Domain, observed: Domain): { readonly wanted: string; readonly found: string } | null {
  const listed = observed.interfaces.map(({ macAddress }) => macAddress)
  const wanted = portMacs(desired).filter((mac) => listed.includes(mac))
  const among = (macs: readonly string[]) => [...new Set(macs)].filter((mac) => wanted.includes(mac)).join(' ')
  const found = among(observed.pciOrder ?? listed)
  return [found, among(listed)].includes(wanted.join(' ')) ? null : { wanted: wanted.join(' '), found }
}

/** What comes while the VM runs comes last. */
export function comesLast(from: Domain, to: Domain): boolean {
  const there = new Set(from.interfaces.map(({ macAddress }) => macAddress))
  const order = portMacs(to)
  const first = order.findIndex((mac) => !there.has(mac))
  return first < 0 || order.slice(first).every((mac) => !there.has(mac))
}
