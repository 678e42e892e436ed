// What a network device must be for frames of a port to pass: there, up, with carrier, in its bridge, with the network's
// MTU. Each check gives what is wrong or null (docs/reference/hybrid-plug.md, mtu.md, faults.md).

import type { Link } from '../../host/link'
import { setOtherwise } from '../../kinds/links/bridge-port'
import { absence, type Problem } from '../hop'
import type { PathSide } from '../path-side'

export interface WantedLink {
  readonly netns?: string
  readonly name: string
  /** Linux bridge it must be in; absent when its place is no Linux bridge. */
  readonly master?: string
  /** Name of the other veth end. */
  readonly peer?: string
  readonly mtu?: number
}

const DEAD_STATES = new Set(['DOWN', 'LOWERLAYERDOWN', 'NOTPRESENT'])

export function checkLink(side: PathSide, wanted: WantedLink): Problem[] {
  const { netns = '', name } = wanted
  const link = side.view?.link(netns, name)
  if (!link)
    return [absence(side.view, 'links', { netns }, { code: 'device-missing', params: { device: name, host: side.host.name, netns } })]
  return [
    checkMaster(link, wanted),
    checkPeer(link, wanted),
    link.isUp === false ? { code: 'device-down', params: { device: name, host: side.host.name, netns } } : null,
    checkCarrier(link, side),
    checkMtu(link, wanted, side),
  ]
}

function checkMaster(link: Link, wanted: WantedLink): Problem {
  const { name, master } = link
  if (wanted.master === undefined) return null
  const settings = setOtherwise(link)
  if (master === wanted.master)
    return settings.length === 0 ? null : { code: 'bridge-port', params: { device: name, bridge: master, settings } }
  return { code: 'bridge-differs', params: { device: name, found: master || null, expected: wanted.master } }
}

function checkPeer({ name, peer }: Link, wanted: WantedLink): Problem {
  if (wanted.peer === undefined || !peer || peer.name === wanted.peer) return null
  return { code: 'veth-peer', params: { device: name, found: peer.name, expected: wanted.peer } }
}

/** A tap without carrier has no VM behind it, a NIC without carrier no cable. */
function checkCarrier({ name, isUp, observed }: Link, side: PathSide): Problem {
  const isDead = isUp === true && DEAD_STATES.has(observed?.operState.toUpperCase() ?? '')
  return isDead ? { code: 'no-carrier', params: { device: name, host: side.host.name } } : null
}

/** The path carries the network's MTU only when every device on it does: small pings pass, full frames vanish. */
function checkMtu({ name, mtu }: Link, wanted: WantedLink, { network }: PathSide): Problem {
  if (wanted.mtu === undefined || mtu === undefined || mtu === wanted.mtu) return null
  return { code: 'device-mtu', params: { device: name, mtu, network: network.name, expected: wanted.mtu } }
}
