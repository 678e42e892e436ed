// Whether the security groups of a port do anything on its host: signature "SG not enforced" of docs/reference/faults.md. What they do to the packets
// of a path is found by following those.

import { egressChain, ingressChain } from '../../compile/security-groups/chain-names'
import { BRIDGE_NETFILTER } from '../../host/sysctl'
import { isFiltered } from '../../topology/kinds/port/port-security'
import type { Problem } from '../hop'
import { nicPort, type PathSide } from '../path-side'

const [KEY] = BRIDGE_NETFILTER

/** Of a port whose frames pass the tap untagged. */
export function checkGroups({ view, port, host, endpoint: { label }, hasDesign }: PathSide): Problem {
  if (!hasDesign || !view || !isFiltered(port)) return null
  const unread = view.unknownPart('iptables', { netns: '', family: 'ipv4' })
  if (unread !== null) return { unread }
  const { iptables, sysctls } = view.observation.state
  const chains = new Set(iptables.filter(({ netns, family }) => netns === '' && family === 'ipv4').map(({ chain }) => chain))
  const missing = [ingressChain(port), egressChain(port)].find((chain) => !chains.has(chain))
  if (missing !== undefined) return { code: 'group-chain-missing', params: { chain: missing, host: host.name, label } }
  const isOff = sysctls.some(({ netns, key, value }) => netns === '' && key === KEY && value === '0')
  return isOff ? { code: 'groups-not-asked', params: { key: KEY.replaceAll('/', '.'), host: host.name, label } } : null
}

/** The NIC's own port, whose frames are untagged where a trunk's others are not. */
export const checkNicGroups = (side: PathSide): Problem => (nicPort(side).id === side.port.id ? checkGroups(side) : null)
