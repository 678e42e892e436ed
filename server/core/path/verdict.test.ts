import { describe, expect, it } from 'vitest'
import type { NetworkType } from '../topology/topology'
import { computePath, isPath } from './compute-path'
import { explainShortfall } from './explain-shortfall'
import type { TrafficKind } from './expectations'
import type { Path } from './path'
import { sidesOf } from './path-sides'
import { type DropGrowth, type HopSighting, noSighting, sightingOfCounter } from './sighting'
import { Cloud, flow, ports } from './testing/cloud'
import { judgeTraffic } from './verdict'

const SENT = 3
const qvo1 = 'qvo9f9c98cb-13'

const draw = (cloud: Cloud): Path => {
  const path = computePath(cloud.input, ports.web1, ports.web2)
  if (!isPath(path)) throw new Error(path.message)
  return path
}
const indexOf = (path: Path, id: string) => {
  const index = path.hops.findIndex((hop) => hop.id === id)
  if (index < 0) throw new Error(`no hop ${id}`)
  return index
}

interface Flight {
  /** Hop ids at which packets of a kind are first missing, in their direction; absent: they pass everywhere. */
  readonly lost: Partial<Record<TrafficKind, string>>
  readonly hasEcho?: boolean
}

/** What each hop would have seen: everything up to the hop that is named, and nothing behind it. */
function sightingsOf(path: Path, { lost, hasEcho = true }: Flight): Map<string, HopSighting> {
  const count = (kind: TrafficKind, index: number): number => {
    const isEcho = kind.startsWith('echo')
    if (isEcho && !hasEcho) return 0
    const request = isEcho ? 'echo-request' : 'arp-request'
    const [limit, requestLimit] = [lost[kind], lost[request]]
    const isReplyKind = kind !== request
    if (isReplyKind && requestLimit) return 0
    if (!limit) return isEcho ? SENT : 1
    const passes = isReplyKind ? index > indexOf(path, limit) : index < indexOf(path, limit)
    return passes ? (isEcho ? SENT : 1) : 0
  }
  return new Map(
    path.hops.map((hop, index) => {
      const kinds = { 'arp-request': count('arp-request', index), 'arp-reply': count('arp-reply', index), 'echo-request': count('echo-request', index), 'echo-reply': count('echo-reply', index) }
      if (hop.proof.method === 'none') return [hop.id, noSighting(hop.id)]
      if (hop.proof.method === 'capture') return [hop.id, { hopId: hop.id, counts: kinds, differences: {}, wrongMacs: {}, arpSenders: [] }]
      const [forth, back] = hasEcho ? [kinds['echo-request'], kinds['echo-reply']] : [kinds['arp-request'], kinds['arp-reply']]
      const countsBroadcasts = !hop.proof.flowKeys.some((key) => key.includes('dl_dst='))
      return [hop.id, sightingOfCounter(hop.id, { forth, back, countsBroadcasts })]
    }),
  )
}

function explain(cloud: Cloud, flight: Flight, drops: readonly DropGrowth[] = [], edit: (sightings: Map<string, HopSighting>) => void = () => undefined) {
  const path = draw(cloud)
  const sightings = sightingsOf(path, flight)
  edit(sightings)
  const sides = sidesOf(cloud.input, ports.web1, ports.web2)
  if (!sides) throw new Error('no sides')
  const { shortfall, statuses } = judgeTraffic({ path, sightings, drops, transmitted: SENT })
  return { hopId: shortfall?.hop.id ?? null, sentence: shortfall && explainShortfall(shortfall, { path, sides, sightings, drops }), statuses, path }
}

const drop = (hostId: string, bridge: string, text: string): DropGrowth => ({ hostId, flow: flow(bridge, `${text},actions=drop`), packets: 3 })

describe('where the traffic ends', () => {
  it.each<[string, NetworkType, Flight, DropGrowth[], string, string]>([
    ['spoofed address', 'vxlan', { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int/source' } }, [drop('cmp1', 'br-int', 'table=24,priority=0')],
      'cmp1/br-int/br-int/source', 'ARP requests leave qvo9f9c98cb-13, none reach patch-tun of cmp1: br-int T24 drops, no flow lets ARP from 10.0.0.5 pass'],
    ['dead port', 'vlan', { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int/source' } }, [drop('cmp1', 'br-int', `table=0,priority=2,in_port=${qvo1}`)],
      'cmp1/br-int/br-int/source', 'ARP requests leave qvo9f9c98cb-13, none reach int-br-ens38 of cmp1: br-int T0 drops, the port was taken out of service'],
    ['no flood entry', 'vxlan', { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37/source' } }, [],
      'cmp1/nic/ens37/source', 'ARP requests leave patch-tun of cmp1, none reach ens37 of cmp1'],
    ['no flood entry, counted', 'vxlan', { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37/source' } }, [drop('cmp1', 'br-tun', 'table=22,priority=0')],
      'cmp1/nic/ens37/source', 'ARP requests leave patch-tun of cmp1, none reach ens37 of cmp1: br-tun T22 drops, no flow floods local VLAN 3 to the other hosts of its network on cmp1'],
    ['underlay', 'vxlan', { lost: { 'echo-request': 'cmp2/nic/ens37/destination' } }, [],
      'cmp2/nic/ens37/destination', 'Echo requests leave ens37 of cmp1, none reach ens37 of cmp2: the network between the hosts loses UDP 4789 (192.168.150.11 → 192.168.150.12): firewall, route or MTU'],
    ['VLAN not trunked', 'vlan', { lost: { 'echo-request': 'cmp2/nic/ens38/destination' } }, [],
      'cmp2/nic/ens38/destination', 'Echo requests leave ens38 of cmp1, none reach ens38 of cmp2: the switch between the hosts does not pass VLAN 120'],
    ['VNI unknown there', 'vxlan', { lost: { 'echo-request': 'cmp2/br-tun/br-tun/destination' } }, [drop('cmp2', 'br-tun', 'table=4,priority=0')],
      'cmp2/br-tun/br-tun/destination', 'Echo requests leave ens37 of cmp2, none reach patch-tun of cmp2: br-tun T4 drops, no flow turns VNI 100 into a local VLAN on cmp2'],
    ['no tunnel port there', 'vxlan', { lost: { 'echo-request': 'cmp2/br-tun/br-tun/destination' } }, [],
      'cmp2/br-tun/br-tun/destination', 'Echo requests leave ens37 of cmp2, none reach patch-tun of cmp2: no tunnel port takes frames with these outer addresses, or a firewall on the host drops UDP 4789'],
    ['no VTEP neighbour', 'vxlan', { lost: { 'echo-request': 'cmp1/nic/ens37/source' } }, [],
      'cmp1/nic/ens37/source', 'Echo requests leave br-tun of cmp1, none reach ens37 of cmp1: Open vSwitch found no way to the other VTEP (192.168.150.11 → 192.168.150.12): no route, or nobody answers ARP for it'],
    ['provider drop in', 'flat', { lost: { 'echo-request': 'cmp2/br-int/br-int/destination' } }, [drop('cmp2', 'br-int', 'table=0,priority=2,in_port=int-br-ens38')],
      'cmp2/br-int/br-int/destination', 'Echo requests leave int-br-ens38 of cmp2, none reach qvo7a1b2c3d-24: br-int T0 drops, no flow turns untagged frames into local VLAN 7 on cmp2'],
    ['provider drop out', 'vlan', { lost: { 'echo-request': 'cmp1/provider-bridge/br-ens38/source' } }, [drop('cmp1', 'br-ens38', 'table=0,priority=2,in_port=phy-br-ens38')],
      'cmp1/provider-bridge/br-ens38/source', 'Echo requests leave int-br-ens38 of cmp1, none reach ens38 of cmp1: br-ens38 T0 drops, no flow turns local VLAN 3 into VLAN 120 on cmp1'],
    ['iptables out', 'vxlan', { lost: { 'echo-request': 'cmp1/qvb/qvb9f9c98cb-13/source' } }, [],
      'cmp1/qvb/qvb9f9c98cb-13/source', 'Echo requests leave tap9f9c98cb-13, none reach qvb9f9c98cb-13: qbr or iptables on it (security group, egress) holds them back'],
    ['iptables in', 'vxlan', { lost: { 'echo-request': 'cmp2/tap/tap7a1b2c3d-24/destination' } }, [],
      'cmp2/tap/tap7a1b2c3d-24/destination', 'Echo requests leave qvb7a1b2c3d-24, none reach tap7a1b2c3d-24: qbr or iptables on it (security group, ingress) holds them back'],
    ['guest is deaf', 'vxlan', { lost: { 'echo-reply': 'cmp2/tap/tap7a1b2c3d-24/destination' } }, [],
      'cmp2/tap/tap7a1b2c3d-24/destination', 'web2 does not answer the ping from web1'],
    ['guest has another address', 'vxlan', { hasEcho: false, lost: { 'arp-reply': 'cmp2/tap/tap7a1b2c3d-24/destination' } }, [],
      'cmp2/tap/tap7a1b2c3d-24/destination', 'web2 does not answer ARP from web1'],
    ['replies lost on the wire', 'vxlan', { lost: { 'echo-reply': 'cmp1/nic/ens37/source' } }, [],
      'cmp1/nic/ens37/source', 'Echo replies leave ens37 of cmp2, none reach ens37 of cmp1: the network between the hosts loses UDP 4789 (192.168.150.11 → 192.168.150.12): firewall, route or MTU'],
    ['guest sends nothing', 'vxlan', { hasEcho: false, lost: { 'arp-request': 'cmp1/vm/eth0/source' } }, [],
      'cmp1/tap/tap9f9c98cb-13/source', 'web1 sends no ARP requests for 10.0.0.6 through tap9f9c98cb-13'],
  ])('%s', (_, type, flight, drops, hopId, sentence) => {
    const cloud = new Cloud({ type })
    const verdict = explain(cloud, flight, drops)
    expect({ hopId: verdict.hopId, sentence: verdict.sentence }).toEqual({ hopId, sentence })
    expect(verdict.statuses.get(hopId)?.status).toBe('missing')
  })

  it.each<[string, TrafficKind, string, string]>([
    ['a source with a stale ARP entry', 'echo-request', 'cmp1/tap/tap9f9c98cb-13/source',
      'Echo requests reach tap9f9c98cb-13 with destination MAC fa:16:3e:00:00:99 instead of fa:16:3e:00:00:02: web1 takes fa:16:3e:00:00:99 for 10.0.0.6: an old entry of its ARP cache, which "ip neigh flush all" there clears, or a route by way of another machine'],
    ['a destination with one', 'echo-reply', 'cmp2/tap/tap7a1b2c3d-24/destination',
      'Echo replies reach tap7a1b2c3d-24 with destination MAC fa:16:3e:00:00:99 instead of fa:16:3e:00:00:01: web2 takes fa:16:3e:00:00:99 for 10.0.0.5: an old entry of its ARP cache, which "ip neigh flush all" there clears, or a route by way of another machine'],
  ])('%s sends to another MAC without asking', (_, kind, hopId, sentence) => {
    const isReply = kind === 'echo-reply'
    // No ARP at all: the sender asks nobody.
    const flight: Flight = isReply ? { lost: { 'echo-reply': hopId } } : { hasEcho: false, lost: { 'arp-request': 'cmp1/vm/eth0/source' } }
    const wanted = `fa:16:3e:00:00:0${isReply ? 1 : 2}`
    const stale = (sightings: Map<string, HopSighting>) => {
      for (const [id, sighting] of sightings) {
        if (sighting.counts[kind] === null || !/\/(tap|qvb|qvo|nic)\//.test(id)) continue
        sightings.set(id, { ...sighting, differences: { [kind]: `destination MAC fa:16:3e:00:00:99 instead of ${wanted}` }, wrongMacs: { [kind]: 'fa:16:3e:00:00:99' } })
      }
    }
    const verdict = explain(new Cloud({ type: 'vxlan' }), flight, [], stale)
    expect({ hopId: verdict.hopId, sentence: verdict.sentence }).toEqual({ hopId, sentence })
  })

  it('quotes the address that a guest really uses', () => {
    const flight = { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int/source' } }
    const spoof = (sightings: Map<string, HopSighting>) => {
      const id = `cmp1/qvo/${qvo1}/source`
      sightings.set(id, { ...sightings.get(id)!, arpSenders: ['10.0.5.9'] })
    }
    expect(explain(new Cloud({ type: 'vxlan' }), flight, [drop('cmp1', 'br-int', 'table=24,priority=0')], spoof).sentence).toBe(
      "ARP requests leave qvo9f9c98cb-13, none reach patch-tun of cmp1: br-int T24 drops, source address 10.0.5.9 is not the port's",
    )
  })

  it.each([[1], [2]])('takes %i other packets of the guest for no ARP request', (others) => {
    const count = (id: string, requests: number) => (sightings: Map<string, HopSighting>) =>
      sightings.set(id, { ...sightings.get(id)!, counts: { ...sightings.get(id)!.counts, 'arp-request': requests } })
    const noise = (sightings: Map<string, HopSighting>) => {
      for (const device of ['tap', 'qvb', 'qvo']) if (sightings.get(`cmp1/${device}/${device}9f9c98cb-13/source`)?.counts['arp-request']) count(`cmp1/${device}/${device}9f9c98cb-13/source`, 4)(sightings)
      for (const id of ['cmp1/br-int/br-int/source', 'cmp1/patch/patch-tun/source']) if (sightings.has(id)) count(id, others)(sightings)
    }
    const flight = { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int/source' } }
    expect(explain(new Cloud({ type: 'vxlan' }), flight, [], noise).hopId).toBe('cmp1/br-int/br-int/source')
  })

  it.each<[string, string, DropGrowth[], string]>([
    ['anti-spoofing took them, however many other packets of the guest pass', '10.0.5.9', [drop('cmp1', 'br-int', 'table=24,priority=0')], 'cmp1/br-int/br-int/source'],
    ['anti-spoofing took others', '10.0.0.5', [drop('cmp1', 'br-int', 'table=24,priority=0')], 'cmp1/nic/ens37/source'],
    ['nothing was dropped', '10.0.5.9', [], 'cmp1/nic/ens37/source'],
    ['another host dropped', '10.0.5.9', [drop('cmp2', 'br-int', 'table=24,priority=0')], 'cmp1/nic/ens37/source'],
  ])('ARP requests that no capture sees again: %s', (_, sender, drops, hopId) => {
    const flight = { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37/source' } }
    const spoof = (sightings: Map<string, HopSighting>) => sightings.set(`cmp1/qvo/${qvo1}/source`, { ...sightings.get(`cmp1/qvo/${qvo1}/source`)!, arpSenders: [sender] })
    expect(explain(new Cloud({ type: 'vxlan' }), flight, drops, spoof).hopId).toBe(hopId)
  })

  it('prefers what the host shows over a guess', () => {
    const cloud = new Cloud({ type: 'vxlan' }).change('cmp1', 'flows', (each) => (each.bridge === 'br-tun' && each.table === 22 && each.priority === 1 ? null : each))
    const flight = { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37/source' } }
    expect(explain(cloud, flight).sentence).toContain('br-tun T22 drops, no flow floods local VLAN 3')
  })

  it('does not blame a drop flow that counts elsewhere', () => {
    const flight = { lost: { 'echo-request': 'cmp2/nic/ens37/destination' } } as const
    expect(explain(new Cloud({ type: 'vxlan' }), flight, [drop('cmp1', 'br-int', 'table=24,priority=0')]).sentence).toContain('UDP 4789')
  })

  it('names a wrong tag where the packets arrive with it', () => {
    const differ = (sightings: Map<string, HopSighting>) => {
      const id = 'cmp1/nic/ens38/source'
      sightings.set(id, { ...sightings.get(id)!, differences: { 'echo-request': 'tag 121 instead of 120' } })
    }
    const { sentence, statuses } = explain(new Cloud({ type: 'vlan' }), { lost: { 'echo-request': 'cmp1/nic/ens38/source' } }, [], differ)
    expect(sentence).toBe('Echo requests reach ens38 of cmp1 with tag 121 instead of 120')
    expect(statuses.get('cmp1/nic/ens38/source')?.status).toBe('differs')
  })

  it('says how many are left when only some are lost', () => {
    const some = (sightings: Map<string, HopSighting>) => {
      for (const [id, sighting] of sightings) {
        if (id.startsWith('cmp2')) sightings.set(id, { ...sighting, counts: { ...sighting.counts, 'echo-request': sighting.counts['echo-request'] === null ? null : 1 } })
      }
    }
    expect(explain(new Cloud({ type: 'vlan' }), { lost: {} }, [], some).sentence).toContain('Echo requests leave ens38 of cmp1, only 1 of 3 reach ens38 of cmp2')
  })
})

describe('what each hop is told', () => {
  const statusesOf = (flight: Flight, edit?: (sightings: Map<string, HopSighting>) => void) => {
    const { statuses, path } = explain(new Cloud({ type: 'vxlan' }), flight, [], edit)
    return path.hops.map(({ id }) => statuses.get(id)?.status)
  }

  it('a path that works: all but the guests is proven, the unmeasured by what surrounds it', () => {
    expect(statusesOf({ lost: {} })).toEqual(['unchecked', ...Array<string>(17).fill('ok'), 'unchecked'])
  })

  it('everything behind the first missing hop is missing too', () => {
    const statuses = statusesOf({ lost: { 'echo-request': 'cmp2/nic/ens37/destination' } })
    expect(statuses.slice(1, 9)).toEqual(Array<string>(8).fill('ok'))
    expect(statuses.slice(9)).toEqual(['unchecked', 'missing', 'missing', 'missing', 'missing', 'missing', 'missing', 'unchecked', 'missing', 'unchecked'])
  })

  it('a lost reply does not blame the hops that saw the request', () => {
    const statuses = statusesOf({ lost: { 'echo-reply': 'cmp1/nic/ens37/source' } })
    expect(statuses.slice(0, 8)).toEqual(Array<string>(8).fill('unchecked'))
    expect(statuses.slice(8)).toEqual(['missing', 'unchecked', ...Array<string>(8).fill('ok'), 'unchecked'])
  })

  it('a counter that lags behind is no loss when a capture further on saw all', () => {
    const lag = (sightings: Map<string, HopSighting>) => {
      const id = 'cmp1/br-tun/br-tun/source'
      sightings.set(id, sightingOfCounter(id, { forth: 1, back: 3, countsBroadcasts: false }))
    }
    const { hopId, statuses } = explain(new Cloud({ type: 'vxlan' }), { lost: {} }, [], lag)
    expect(hopId).toBeNull()
    expect(statuses.get('cmp1/br-tun/br-tun/source')).toEqual({ status: 'unchecked', note: 'Only 1 of 3 counted here, but all of them were seen further on' })
  })
})
