// The hops of one port of a trunk on a Linux bridge host (reference §11.2): a VLAN interface on the parent's tap takes the guest's tag
// off and is a port of the bridge of the subport's network. Its packets are known from the tap only: behind it nothing listens yet.

import { auditWords } from '../explain/trunk-audit'
import type { Link } from '../host/link'
import { brqName, tapName } from '../naming'
import { findById } from '../topology/find'
import { type AuditContext, agrees, differs, guestHop, makeHop, reachHop, unchecked } from './audit-hops'
import type { AuditHop } from './audit'
import type { Reach } from './networks-reached'
import type { PatchPair, TrunkHost } from './patch-pair'

export const isLinuxBridge = ({ topology, hostId }: Pick<TrunkHost, 'topology' | 'hostId'>): boolean =>
  findById(topology.hosts, hostId)?.agentKind === 'linuxbridge'

export function linuxBridgeHops(context: AuditContext, host: TrunkHost, pair: PatchPair): AuditHop[] {
  const [tap, device, bridge] = [tapName(context.parent.id), tapName(pair.port.id), brqName(pair.port.networkId)]
  const link = linkOn(host, device)
  const expected = vlanWords(pair.guestVlan, tap)
  const found = link ? foundVlan(link) : null
  const nic = linkOn(host, tap) ? agrees : differs(auditWords.missingLink(tap))
  const tag = found === null ? differs(auditWords.missingLink(device)) : found === expected ? agrees : differs(auditWords.otherVlan(device, found, expected))
  const membership = !link ? unchecked : link.master === bridge ? agrees : differs(auditWords.otherBridge(device, link.master ?? null, bridge))
  return [
    guestHop(context, pair),
    makeHop({ kind: 'vif', device: tap, expected: 'all VLANs', found: nic === agrees ? 'all VLANs' : null }, nic, unchecked),
    makeHop({ kind: 'outer', device, expected, found }, tag, unchecked),
    makeHop({ kind: 'inner', device, expected: bridge, found: link ? (link.master ?? 'no bridge') : null }, membership, unchecked),
    reachHop(context, pair, unchecked),
  ]
}

/** Which bridges take frames of a guest VLAN from the tap, and whose they are. */
export function linuxBridgeReach(host: TrunkHost, parentId: string, guestVlan: number): Reach {
  const tap = tapName(parentId)
  const takers = host.state.links.filter(({ netns, name, vlan }) => netns === '' && (guestVlan === 0 ? name === tap : vlan?.lower === tap && vlan.id === guestVlan))
  if (takers.length === 0) return { networkIds: [], deadEnds: [`no VLAN interface on ${tap} has id ${guestVlan}`] }
  const networkOf = ({ master }: Link) => host.topology.networks.find(({ id }) => brqName(id) === master)
  return {
    networkIds: [...new Set(takers.flatMap((link) => networkOf(link)?.id ?? []))],
    deadEnds: takers.flatMap((link) => (networkOf(link) ? [] : [`${link.name} is in no bridge of a network`])),
  }
}

const linkOn = ({ state }: TrunkHost, name: string): Link | undefined => state.links.find((link) => link.netns === '' && link.name === name)
const vlanWords = (vlan: number, tap: string): string => (vlan === 0 ? 'untagged' : `VLAN ${vlan} of ${tap}`)
const foundVlan = ({ vlan }: Link): string => (vlan ? vlanWords(vlan.id, vlan.lower) : 'untagged')
