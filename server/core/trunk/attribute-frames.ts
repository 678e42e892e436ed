// Whose frames are these? A guest shows a VLAN id and a MAC, be it in its interfaces or in what it sends. Both right: the port's.
// A known VLAN with another MAC is that VLAN's mistake; a MAC of one subport on another VLAN is that subport's. What fits
// nobody is a stray. The parent's MAC on a VLAN is blamed on the VLAN alone: Linux gives it to every VLAN interface at first.

import type { PatchPair } from './patch-pair'

interface Tagged {
  readonly vlan: number
  readonly macAddress: string
}

interface Attributed<Item> {
  readonly right: readonly Item[]
  readonly wrongMac: readonly Item[]
  readonly wrongVlan: readonly Item[]
}

export interface Attribution<Item> {
  readonly of: (pair: PatchPair) => Attributed<Item>
  readonly strays: readonly Item[]
}

export function attribute<Item extends Tagged>(items: readonly Item[], pairs: readonly PatchPair[]): Attribution<Item> {
  const perPort = new Map(pairs.map(({ port }) => [port.id, { right: [] as Item[], wrongMac: [] as Item[], wrongVlan: [] as Item[] }]))
  const strays: Item[] = []
  for (const item of items) {
    const ofVlan = pairs.find((pair) => pair.guestVlan === item.vlan)
    const ofMac = pairs.filter((pair) => isMac(pair, item))
    if (ofVlan && ofMac.includes(ofVlan)) {
      perPort.get(ofVlan.port.id)!.right.push(item)
      continue
    }
    // Several subports may share a MAC; then it names none of them.
    const owner = ofMac.length === 1 && ofMac[0]!.guestVlan !== 0 ? ofMac[0]! : null
    if (ofVlan) perPort.get(ofVlan.port.id)!.wrongMac.push(item)
    if (owner) perPort.get(owner.port.id)!.wrongVlan.push(item)
    if (!ofVlan && !owner) strays.push(item)
  }
  const nothing = { right: [], wrongMac: [], wrongVlan: [] }
  return { of: ({ port }) => perPort.get(port.id) ?? nothing, strays }
}

const isMac = ({ port }: PatchPair, { macAddress }: Tagged): boolean => port.macAddress.toLowerCase() === macAddress.toLowerCase()
