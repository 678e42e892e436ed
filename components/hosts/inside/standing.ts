// Whose a device is, as far as the mark on it and its company tell. Libvirt's taps and a bridge's own port carry no mark,
// yet come and go with something of ours; NICs and loopbacks come with the host. The rest is foreign: never touched. Pure.

import { bridgeItemId, domainItemId, itemName, itemRecord, type InsideIndex, type InsideItem } from './inside-items'

export interface Standing {
  readonly kind: 'ours' | 'host' | 'foreign'
  /** Why, where no mark says it. */
  readonly note: string | null
}

/** Devices that Open vSwitch makes for its datapaths. */
const DATAPATH_DEVICES = ['ovs-netdev', 'ovs-system']

export function standingOf(index: InsideIndex, item: InsideItem): Standing {
  if (itemRecord(item).isOurs) return { kind: 'ours', note: null }
  if (item.kind === 'namespace' && item.namespace.name === '') return { kind: 'host', note: 'the host itself' }
  const bridge = ownBridge(index, item)
  if (bridge) return { kind: 'ours', note: `comes with ${bridge}` }
  if (item.kind !== 'link') return { kind: 'foreign', note: null }
  const { link } = item
  const domain = link.domain === null ? undefined : index.get(domainItemId(link.domain))
  if (domain && itemRecord(domain).isOurs) return { kind: 'ours', note: `made by libvirt for ${itemName(domain)}` }
  if (link.type === 'physical') return { kind: 'host', note: 'comes with the host' }
  if (DATAPATH_DEVICES.includes(link.name)) return { kind: 'host', note: 'Open vSwitch’s own' }
  return { kind: 'foreign', note: null }
}

/** Every OVS bridge has an internal port of its own name. */
function ownBridge(index: InsideIndex, item: InsideItem): string | null {
  const name =
    item.kind === 'ovs-port' && item.port.name === item.port.bridge ? item.port.bridge : item.kind === 'link' ? item.link.name : null
  const bridge = name === null ? undefined : index.get(bridgeItemId(name))
  return bridge && itemRecord(bridge).isOurs ? name : null
}
