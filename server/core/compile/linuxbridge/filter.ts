// What VMs and subports may send, judged where their frames enter a bridge (ebtables, nat PREROUTING, as the agent's
// arp_protect.py did: docs/reference/linux-bridge.md): only the port's own MAC, ARP only from its addresses. Frames with a VLAN tag that no
// VLAN interface has taken off pass in neither direction, as on an access port of Open vSwitch. A dead port passes nothing. Decision 13.

import type { HostState } from '../../host/host-state'
import { CHAIN_PREFIX, type IptablesChain } from '../../host/iptables'
import { tapName } from '../../naming'
import type { Port } from '../../topology/kinds/port/port'
import { isDead, type HostScope } from '../scope'
import { addressesOf, sendingMacs } from '../security-groups/port-addresses'
import { joinWords } from '../security-groups/rule-line'

const fromPort = (device: string): string => `${CHAIN_PREFIX}i-${device}`
const toPort = (device: string): string => `${CHAIN_PREFIX}o-${device}`

export function compileFilter(scope: HostScope): Partial<HostState> {
  const ports = [...scope.vmPorts, ...scope.subPorts]
  if (ports.length === 0) return {}
  const devices = ports.map((port) => tapName(port.id))
  return {
    iptables: [
      ...ports.flatMap((port) => portChains(scope, port)),
      chain(
        'PREROUTING',
        devices.map((device) => `-i ${device} -j ${fromPort(device)}`),
      ),
      chain(
        'POSTROUTING',
        devices.map((device) => `-o ${device} -j ${toPort(device)}`),
      ),
    ],
  }
}

function portChains(scope: HostScope, port: Port): IptablesChain[] {
  const device = tapName(port.id)
  if (isDead(port, scope.network(port.networkId))) return [chain(fromPort(device), ['-j DROP']), chain(toPort(device), ['-j DROP'])]
  return [
    chain(fromPort(device), [...UNTAGGED_ONLY, ...(port.isPortSecurityEnabled ? ownAddresses(port) : [])]),
    chain(toPort(device), UNTAGGED_ONLY),
  ]
}

/**
 * In the words of ebtables-nft-save, so that what is read compares equal. A guest takes a frame of either tag for untagged where its id is 0, and iptables
 * looks at neither.
 */
const UNTAGGED_ONLY = ['-p 802_1Q -j DROP', '-p 0x88a8 -j DROP']

function ownAddresses(port: Port): string[] {
  const spoken = addressesOf(port, 'ipv4').map(({ macAddress, ipAddress }) =>
    joinWords([`-p ARP -s ${macAddress}`, ipAddress.endsWith('/0') ? '' : `--arp-ip-src ${ipAddress}`, '-j RETURN']),
  )
  return [...new Set(spoken), '-p ARP -j DROP', ...sendingMacs(port).map((mac) => `-s ${mac} -j RETURN`), '-j DROP']
}

const chain = (name: string, rules: readonly string[]): IptablesChain => ({
  netns: '',
  family: 'bridge',
  table: 'nat',
  chain: name,
  policy: name.startsWith(CHAIN_PREFIX) ? null : 'ACCEPT',
  rules,
})
