import { describe, expect, it } from 'vitest'
import type { NetworkType } from '../topology/kinds/network/network'
import { computePath, isPath } from './compute-path'
import { explainNotes } from '../explain/evidence'
import { explainVerdict } from '../explain/verdict'
import { nameLoss } from './name-loss'
import type { TrafficKind } from './traffic-kinds'
import type { FilterGrowth } from './filter-drops'
import type { GuestFinding } from './guest-state'
import type { Path } from './path'
import { sidesOf } from './path-sides'
import { type DropGrowth, type HopSighting, noSighting, sightingOfCounter } from './sighting'
import { Cloud, flow, ports } from './testing/cloud'
import { judgeTraffic } from './verdict'
import type { EvidenceNote } from './verdict-params'

const SENT = 3
const qvo1 = 'qvo9f9c98cb-13'

const draw = (cloud: Cloud): Path => {
  const path = computePath(cloud.input, ports.web1, ports.web2)
  if (!isPath(path)) throw new Error(path.code)
  return path
}
const noteOf = (judged: { readonly status: string; readonly note: EvidenceNote | null } | undefined) =>
  judged && { ...judged, note: judged.note && explainNotes({ notes: [judged.note] }) }
const indexOf = (path: Path, id: string) => {
  const index = path.forth.hops.findIndex((hop) => hop.id === id)
  if (index < 0) throw new Error(`no hop ${id}`)
  return index
}

interface PingCase {
  /** Hop ids at which packets of a kind are first missing, in their direction; absent: they pass everywhere. */
  readonly lost: Partial<Record<TrafficKind, string>>
  readonly hasEcho?: boolean
}

/** What each hop would have seen: everything up to the hop that is named, and nothing behind it. */
function sightingsOf(path: Path, { lost, hasEcho = true }: PingCase): Map<string, HopSighting> {
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
    path.forth.hops.map((hop, index) => {
      const kinds = {
        'arp-request': count('arp-request', index),
        'arp-reply': count('arp-reply', index),
        'echo-request': count('echo-request', index),
        'echo-reply': count('echo-reply', index),
      }
      if (hop.proof.method === 'none') return [hop.id, noSighting(hop.id)]
      if (hop.proof.method === 'capture') return [hop.id, { hopId: hop.id, counts: kinds, differences: {}, wrongMacs: {}, arpSenders: [] }]
      const [forth, back] = hasEcho ? [kinds['echo-request'], kinds['echo-reply']] : [kinds['arp-request'], kinds['arp-reply']]
      const countsBroadcasts = !hop.proof.flowKeys.some((key) => key.includes('dl_dst='))
      return [hop.id, sightingOfCounter(hop.id, { forth, back, countsBroadcasts })]
    }),
  )
}

function explain(
  cloud: Cloud,
  pingCase: PingCase,
  drops: readonly DropGrowth[] = [],
  edit: (sightings: Map<string, HopSighting>) => void = () => undefined,
  received = 0,
  guests: readonly (readonly [string, GuestFinding])[] = [],
  filters: readonly FilterGrowth[] = [],
) {
  const path = draw(cloud)
  const sightings = sightingsOf(path, pingCase)
  edit(sightings)
  const sides = sidesOf(cloud.input, ports.web1, ports.web2)
  if (!sides) throw new Error('no sides')
  const { shortfall, statuses } = judgeTraffic({ path, sightings, drops, transmitted: SENT, received })
  return {
    hopId: shortfall?.hop.id ?? null,
    sentence: shortfall && explainVerdict(nameLoss(shortfall, { path, sides, sightings, drops, guests: new Map(guests), filters })),
    statuses,
    path,
  }
}

const drop = (hostId: string, bridge: string, text: string, cookie = '0x7461000000000001'): DropGrowth => ({
  hostId,
  flow: { ...flow(bridge, `${text},actions=drop`), cookie },
  packets: 3,
})

describe('where the traffic ends', () => {
  it.each<[string, NetworkType, PingCase, DropGrowth[], string, string]>([
    [
      'spoofed address',
      'vxlan',
      { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int#1' } },
      [drop('cmp1', 'br-int', 'table=24,priority=0')],
      'cmp1/br-int/br-int#1',
      'ARP requests leave qvo9f9c98cb-13, none reach patch-tun of cmp1: br-int T24 drops, no flow lets ARP from 10.0.0.5 pass',
    ],
    [
      'dead port',
      'vlan',
      { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int#1' } },
      [drop('cmp1', 'br-int', `table=0,priority=2,in_port=${qvo1}`)],
      'cmp1/br-int/br-int#1',
      'ARP requests leave qvo9f9c98cb-13, none reach int-br-ens38 of cmp1: br-int T0 drops, the port was taken out of service',
    ],
    [
      'no flood entry',
      'vxlan',
      { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37#1' } },
      [],
      'cmp1/nic/ens37#1',
      'ARP requests leave patch-tun of cmp1, none reach ens37 of cmp1',
    ],
    [
      'no flood entry, counted',
      'vxlan',
      { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37#1' } },
      [drop('cmp1', 'br-tun', 'table=22,priority=0')],
      'cmp1/nic/ens37#1',
      'ARP requests leave patch-tun of cmp1, none reach ens37 of cmp1: br-tun T22 drops, no flow floods local VLAN 3 to the other hosts of its network on cmp1',
    ],
    [
      'underlay',
      'vxlan',
      { lost: { 'echo-request': 'cmp2/nic/ens37#1' } },
      [],
      'cmp2/nic/ens37#1',
      'Echo requests leave ens37 of cmp1, none reach ens37 of cmp2: the network between the hosts loses UDP 4789 (192.168.150.11 → 192.168.150.12): firewall, route or MTU',
    ],
    [
      'VLAN not trunked',
      'vlan',
      { lost: { 'echo-request': 'cmp2/nic/ens38#1' } },
      [],
      'cmp2/nic/ens38#1',
      'Echo requests leave ens38 of cmp1, none reach ens38 of cmp2: the switch between the hosts does not pass VLAN 120',
    ],
    [
      'VNI unknown there',
      'vxlan',
      { lost: { 'echo-request': 'cmp2/br-tun/br-tun#1' } },
      [drop('cmp2', 'br-tun', 'table=4,priority=0')],
      'cmp2/br-tun/br-tun#1',
      'Echo requests leave ens37 of cmp2, none reach patch-tun of cmp2: br-tun T4 drops, no flow turns VNI 100 into a local VLAN on cmp2',
    ],
    [
      'no tunnel port there',
      'vxlan',
      { lost: { 'echo-request': 'cmp2/br-tun/br-tun#1' } },
      [],
      'cmp2/br-tun/br-tun#1',
      'Echo requests leave ens37 of cmp2, none reach patch-tun of cmp2: no tunnel port takes frames with these outer addresses, MAC and IP, or a firewall on the host drops UDP 4789',
    ],
    [
      'no VTEP neighbour',
      'vxlan',
      { lost: { 'echo-request': 'cmp1/nic/ens37#1' } },
      [],
      'cmp1/nic/ens37#1',
      'Echo requests leave br-tun of cmp1, none reach ens37 of cmp1: Open vSwitch found no way to the other VTEP (192.168.150.11 → 192.168.150.12): no route, or nobody answers ARP for it',
    ],
    [
      'provider drop in',
      'flat',
      { lost: { 'echo-request': 'cmp2/br-int/br-int#1' } },
      [drop('cmp2', 'br-int', 'table=0,priority=2,in_port=int-br-ens38')],
      'cmp2/br-int/br-int#1',
      'Echo requests leave int-br-ens38 of cmp2, none reach qvo7a1b2c3d-24: br-int T0 drops, no flow turns untagged frames into local VLAN 7 on cmp2',
    ],
    [
      'provider drop out',
      'vlan',
      { lost: { 'echo-request': 'cmp1/provider-bridge/br-ens38#1' } },
      [drop('cmp1', 'br-ens38', 'table=0,priority=2,in_port=phy-br-ens38')],
      'cmp1/provider-bridge/br-ens38#1',
      'Echo requests leave int-br-ens38 of cmp1, none reach ens38 of cmp1: br-ens38 T0 drops, no flow turns local VLAN 3 into VLAN 120 on cmp1',
    ],
    [
      'iptables out',
      'vxlan',
      { lost: { 'echo-request': 'cmp1/qvb/qvb9f9c98cb-13#1' } },
      [],
      'cmp1/qvb/qvb9f9c98cb-13#1',
      'Echo requests leave tap9f9c98cb-13, none reach qvb9f9c98cb-13: qbr or iptables on it (security group, egress) holds them back',
    ],
    [
      'iptables in',
      'vxlan',
      { lost: { 'echo-request': 'cmp2/tap/tap7a1b2c3d-24#1' } },
      [],
      'cmp2/tap/tap7a1b2c3d-24#1',
      'Echo requests leave qvb7a1b2c3d-24, none reach tap7a1b2c3d-24: qbr or iptables on it (security group, ingress) holds them back',
    ],
    [
      'guest does not answer',
      'vxlan',
      { lost: { 'echo-reply': 'cmp2/tap/tap7a1b2c3d-24#1' } },
      [],
      'cmp2/tap/tap7a1b2c3d-24#1',
      'web2 does not answer the ping from web1',
    ],
    [
      'guest has another address',
      'vxlan',
      { hasEcho: false, lost: { 'arp-reply': 'cmp2/tap/tap7a1b2c3d-24#1' } },
      [],
      'cmp2/tap/tap7a1b2c3d-24#1',
      'web2 does not answer ARP from web1',
    ],
    [
      'replies lost on the wire',
      'vxlan',
      { lost: { 'echo-reply': 'cmp1/nic/ens37#1' } },
      [],
      'cmp1/nic/ens37#1',
      'Echo replies leave ens37 of cmp2, none reach ens37 of cmp1: the network between the hosts loses UDP 4789 (192.168.150.11 → 192.168.150.12): firewall, route or MTU',
    ],
    [
      'guest sends nothing',
      'vxlan',
      { hasEcho: false, lost: { 'arp-request': 'cmp1/vm/eth0#1' } },
      [],
      'cmp1/tap/tap9f9c98cb-13#1',
      'web1 sends no ARP requests for 10.0.0.6 through tap9f9c98cb-13',
    ],
  ])('%s', (_, type, pingCase, drops, hopId, sentence) => {
    const cloud = new Cloud({ type })
    const verdict = explain(cloud, pingCase, drops)
    expect({ hopId: verdict.hopId, sentence: verdict.sentence }).toEqual({ hopId, sentence })
    expect(verdict.statuses.get(hopId)?.status).toBe('missing')
  })

  it.each<[string, TrafficKind, string, string]>([
    [
      'a source with a stale ARP entry',
      'echo-request',
      'cmp1/tap/tap9f9c98cb-13#1',
      'Echo requests reach tap9f9c98cb-13 with destination MAC fa:16:3e:00:00:99 instead of fa:16:3e:00:00:02: web1 takes fa:16:3e:00:00:99 for 10.0.0.6: an old entry of its ARP cache, which "ip neigh flush all" there clears, or a route by way of another machine',
    ],
    [
      'a destination with one',
      'echo-reply',
      'cmp2/tap/tap7a1b2c3d-24#1',
      'Echo replies reach tap7a1b2c3d-24 with destination MAC fa:16:3e:00:00:99 instead of fa:16:3e:00:00:01: web2 takes fa:16:3e:00:00:99 for 10.0.0.5: an old entry of its ARP cache, which "ip neigh flush all" there clears, or a route by way of another machine',
    ],
  ])('%s sends to another MAC without asking', (_, kind, hopId, sentence) => {
    const isReply = kind === 'echo-reply'
    // No ARP at all: the sender asks nobody.
    const pingCase: PingCase = isReply ? { lost: { 'echo-reply': hopId } } : { hasEcho: false, lost: { 'arp-request': 'cmp1/vm/eth0#1' } }
    const wanted = `fa:16:3e:00:00:0${isReply ? 1 : 2}`
    const stale = (sightings: Map<string, HopSighting>) => {
      for (const [id, sighting] of sightings) {
        if (sighting.counts[kind] === null || !/\/(tap|qvb|qvo|nic)\//.test(id)) continue
        sightings.set(id, {
          ...sighting,
          differences: { [kind]: [{ field: 'destination MAC', expected: wanted, seen: 'fa:16:3e:00:00:99' }] },
          wrongMacs: { [kind]: 'fa:16:3e:00:00:99' },
        })
      }
    }
    const verdict = explain(new Cloud({ type: 'vxlan' }), pingCase, [], stale)
    expect({ hopId: verdict.hopId, sentence: verdict.sentence }).toEqual({ hopId, sentence })
  })

  it('quotes the address that a guest really uses', () => {
    const pingCase = { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int#1' } }
    const spoof = (sightings: Map<string, HopSighting>) => {
      const id = `cmp1/qvo/${qvo1}#1`
      sightings.set(id, { ...sightings.get(id)!, arpSenders: ['10.0.5.9'] })
    }
    expect(explain(new Cloud({ type: 'vxlan' }), pingCase, [drop('cmp1', 'br-int', 'table=24,priority=0')], spoof).sentence).toBe(
      "ARP requests leave qvo9f9c98cb-13, none reach patch-tun of cmp1: br-int T24 drops, source address 10.0.5.9 is not the port's",
    )
  })

  it.each([[1], [2]])('takes %i other packets of the guest for no ARP request', (others) => {
    const count = (id: string, requests: number) => (sightings: Map<string, HopSighting>) =>
      sightings.set(id, { ...sightings.get(id)!, counts: { ...sightings.get(id)!.counts, 'arp-request': requests } })
    const noise = (sightings: Map<string, HopSighting>) => {
      for (const device of ['tap', 'qvb', 'qvo'])
        if (sightings.get(`cmp1/${device}/${device}9f9c98cb-13#1`)?.counts['arp-request'])
          count(`cmp1/${device}/${device}9f9c98cb-13#1`, 4)(sightings)
      for (const id of ['cmp1/br-int/br-int#1', 'cmp1/patch/patch-tun#1']) if (sightings.has(id)) count(id, others)(sightings)
    }
    const pingCase = { hasEcho: false, lost: { 'arp-request': 'cmp1/br-int/br-int#1' } }
    expect(explain(new Cloud({ type: 'vxlan' }), pingCase, [], noise).hopId).toBe('cmp1/br-int/br-int#1')
  })

  it.each<[string, string, DropGrowth[], string]>([
    [
      'anti-spoofing took them, however many other packets of the guest pass',
      '10.0.5.9',
      [drop('cmp1', 'br-int', 'table=24,priority=0')],
      'cmp1/br-int/br-int#1',
    ],
    ['anti-spoofing took others', '10.0.0.5', [drop('cmp1', 'br-int', 'table=24,priority=0')], 'cmp1/nic/ens37#1'],
    ['nothing was dropped', '10.0.5.9', [], 'cmp1/nic/ens37#1'],
    ['another host dropped', '10.0.5.9', [drop('cmp2', 'br-int', 'table=24,priority=0')], 'cmp1/nic/ens37#1'],
  ])('ARP requests that no capture sees again: %s', (_, sender, drops, hopId) => {
    const pingCase = { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37#1' } }
    const spoof = (sightings: Map<string, HopSighting>) =>
      sightings.set(`cmp1/qvo/${qvo1}#1`, { ...sightings.get(`cmp1/qvo/${qvo1}#1`)!, arpSenders: [sender] })
    expect(explain(new Cloud({ type: 'vxlan' }), pingCase, drops, spoof).hopId).toBe(hopId)
  })

  it('prefers what the host shows over a guess', () => {
    const cloud = new Cloud({ type: 'vxlan' }).change('cmp1', 'flows', (each) =>
      each.bridge === 'br-tun' && each.table === 22 && each.priority === 1 ? null : each,
    )
    const pingCase = { hasEcho: false, lost: { 'arp-request': 'cmp1/nic/ens37#1' } }
    expect(explain(cloud, pingCase).sentence).toContain('br-tun T22 drops, no flow floods local VLAN 3')
  })

  it('does not blame a drop flow that counts elsewhere', () => {
    const pingCase = { lost: { 'echo-request': 'cmp2/nic/ens37#1' } } as const
    expect(explain(new Cloud({ type: 'vxlan' }), pingCase, [drop('cmp1', 'br-int', 'table=24,priority=0')]).sentence).toContain('UDP 4789')
  })

  it('names a wrong tag where the packets arrive with it', () => {
    const differ = (sightings: Map<string, HopSighting>) => {
      const id = 'cmp1/nic/ens38#1'
      sightings.set(id, { ...sightings.get(id)!, differences: { 'echo-request': [{ field: 'tag', expected: ['120'], seen: '121' }] } })
    }
    const { sentence, statuses } = explain(new Cloud({ type: 'vlan' }), { lost: { 'echo-request': 'cmp1/nic/ens38#1' } }, [], differ)
    expect(sentence).toBe('Echo requests reach ens38 of cmp1 with tag 121 instead of 120')
    expect(statuses.get('cmp1/nic/ens38#1')?.status).toBe('differs')
  })

  it('does not say that nothing left where packets leave with another VNI', () => {
    const differ = (sightings: Map<string, HopSighting>) => {
      const id = 'cmp1/nic/ens37#1'
      sightings.set(id, { ...sightings.get(id)!, differences: { 'echo-request': [{ field: 'vni', expected: ['100'], seen: '7' }] } })
    }
    const { sentence } = explain(new Cloud({ type: 'vxlan' }), { lost: { 'echo-request': 'cmp1/nic/ens37#1' } }, [], differ)
    expect(sentence).toBe('Echo requests reach ens37 of cmp1 with VNI 7 instead of 100')
  })

  it('says how many are left when only some are lost', () => {
    const some = (sightings: Map<string, HopSighting>) => {
      for (const [id, sighting] of sightings) {
        if (id.startsWith('cmp2'))
          sightings.set(id, {
            ...sighting,
            counts: { ...sighting.counts, 'echo-request': sighting.counts['echo-request'] === null ? null : 1 },
          })
      }
    }
    expect(explain(new Cloud({ type: 'vlan' }), { lost: {} }, [], some).sentence).toContain(
      'Echo requests leave ens38 of cmp1, only 1 of 3 reach ens38 of cmp2',
    )
  })
})

describe('a guest that sent only some of the requests', () => {
  const sentOne = (asked: number, answered: number) => (sightings: Map<string, HopSighting>) => {
    for (const [id, sighting] of sightings) {
      const arp = id === 'cmp1/tap/tap9f9c98cb-13#1' ? { 'arp-request': asked, 'arp-reply': answered } : {}
      sightings.set(id, { ...sighting, counts: { ...sighting.counts, 'echo-request': sighting.counts['echo-request'] && 1, ...arp } })
    }
  }
  const destination = draw(new Cloud({ type: 'vxlan' })).forth.hops.findLast(({ role }) => role === 'tap')!.id

  it.each([
    [
      'kept the others when its neighbour was lost, whose silence is the fault',
      sentOne(2, 0),
      destination,
      'web2 does not answer the ping from web1',
    ],
    [
      'did not send the others, where its neighbour answers',
      sentOne(1, 1),
      'cmp1/tap/tap9f9c98cb-13#1',
      'web1 sent only 1 of 3 echo requests',
    ],
    ['did not send the others, where it never asked', sentOne(0, 0), 'cmp1/tap/tap9f9c98cb-13#1', 'web1 sent only 1 of 3 echo requests'],
  ])('%s', (_, edit, hopId, sentence) => {
    const explained = explain(new Cloud({ type: 'vxlan' }), { lost: { 'echo-reply': destination } }, [], edit)
    expect([explained.hopId, explained.sentence]).toEqual([hopId, expect.stringContaining(sentence)])
  })
})

describe('a ping that was answered as often as it asked', () => {
  const silent =
    (...ids: readonly string[]) =>
    (sightings: Map<string, HopSighting>) => {
      for (const id of ids)
        sightings.set(id, { ...sightings.get(id)!, counts: { 'arp-request': 0, 'arp-reply': 0, 'echo-request': 0, 'echo-reply': 0 } })
    }
  const everywhere = (sightings: Map<string, HopSighting>) =>
    silent(...[...sightings].flatMap(([id, { counts }]) => (counts['echo-request'] === null ? [] : id)))(sightings)

  it('is never a guest that sends nothing, whatever the captures saw', () => {
    const { sentence, statuses } = explain(new Cloud({ type: 'vxlan' }), { lost: {} }, [], everywhere, SENT)
    expect(sentence).toBeNull()
    expect(noteOf(statuses.get(`cmp1/tap/tap9f9c98cb-13#1`))).toEqual({
      status: 'unchecked',
      note: 'Only 0 of 3 counted here, but all of them were answered',
    })
  })

  it('is answered by another machine where the frames were aimed at one', () => {
    const aim = (sightings: Map<string, HopSighting>) => {
      everywhere(sightings)
      const id = 'cmp1/tap/tap9f9c98cb-13#1'
      sightings.set(id, {
        ...sightings.get(id)!,
        differences: { 'echo-request': [{ field: 'destination-mac', expected: ['fa:16:3e:00:00:02'], seen: 'fa:16:3e:00:00:99' }] },
        wrongMacs: { 'echo-request': 'fa:16:3e:00:00:99' },
      })
    }
    expect(explain(new Cloud({ type: 'vxlan' }), { lost: {} }, [], aim, SENT).sentence).toContain(
      'Echo requests reach tap9f9c98cb-13 with destination MAC fa:16:3e:00:00:99',
    )
  })

  it('one that was answered in part did send', () => {
    expect(explain(new Cloud({ type: 'vxlan' }), { lost: { 'echo-reply': 'cmp1/nic/ens37#1' } }, [], silent(), 1).sentence).toContain(
      'Echo replies leave',
    )
  })
})

describe('where nothing listened', () => {
  it('does not accuse the sender of what is not seen further on', () => {
    const withoutCaptures = (sightings: Map<string, HopSighting>) => {
      for (const device of ['tap', 'qvo']) sightings.set(`cmp1/${device}/${device}9f9c98cb-13#1`, noSighting(''))
    }
    const pingCase = { hasEcho: false, lost: { 'arp-request': 'cmp1/tap/tap9f9c98cb-13#1' } }
    expect(explain(new Cloud({ type: 'vxlan' }), pingCase, [], withoutCaptures).sentence).toBe(
      'No ARP requests of web1 reach qvb9f9c98cb-13; nothing listened at tap9f9c98cb-13 before it',
    )
  })
})

describe('what others put in the way', () => {
  const rule = (packets: number, changes: Partial<FilterGrowth['rule']> = {}, hostId = 'cmp2'): FilterGrowth => ({
    hostId,
    packets,
    rule: {
      family: 'ipv4',
      table: 'filter',
      chain: 'FORWARD',
      position: 1,
      text: '-m physdev --physdev-out tap1 -j DROP',
      packets: 40,
      isOurs: false,
      ...changes,
    },
  })
  const tapOf = (path: Path) => path.forth.hops.filter(({ role }) => role === 'tap')[1]!.id
  const explainWith = (filters: readonly FilterGrowth[], kind: 'echo-request' | 'arp-request' = 'echo-request') => {
    const cloud = new Cloud({ type: 'vxlan' })
    const pingCase = { hasEcho: kind === 'echo-request', lost: { [kind]: tapOf(draw(cloud)) } }
    return explain(cloud, pingCase, [], () => undefined, 0, [], filters).sentence
  }

  it('a rule of iptables is named by its place and its words', () => {
    expect(explainWith([rule(900, { position: 7, text: '-j DROP' }), rule(3)])).toMatch(
      /: rule 1 of FORWARD \(iptables, table filter\) ends them: "-m physdev --physdev-out tap1 -j DROP"; it counted 3 during the ping and is not ours$/,
    )
    expect(explainWith([rule(5, { chain: 'tapline-i5', isOurs: true })])).toMatch(/it counted 5 during the ping$/)
    expect(explainWith([rule(3, { position: null, text: 'policy DROP' })])).toContain(
      'the policy of FORWARD (iptables, table filter) drops them; it counted 3',
    )
  })

  it('a rule of security groups is named with the port that they are of', () => {
    const chain = `tapline-i${ports.web2.slice(0, 10)}`
    expect(explainWith([rule(3, { chain, position: 6, text: '-j tapline-sg-fallback', isOurs: true })])).toMatch(
      new RegExp(
        `: no rule of a security group of web2 lets them in: rule 6 of ${chain} \\(iptables, table filter\\) ends them: "-j tapline-sg-fallback"; it counted 3`,
      ),
    )
  })

  it.each([
    ['counted less than is missing', [rule(2)]],
    ['is on another host', [rule(3, {}, 'cmp1')]],
    ['counted nothing', []],
  ])('a rule that %s is not blamed', (_, filters) => expect(explainWith(filters)).toContain('security group, ingress'))

  it('ARP passes iptables by, not ebtables', () => {
    expect(explainWith([rule(3)], 'arp-request')).toContain('security group, ingress')
    expect(explainWith([rule(1, { family: 'bridge', text: '-p ARP -j DROP' })], 'arp-request')).toContain(
      'rule 1 of FORWARD (ebtables, table filter) ends them: "-p ARP -j DROP"',
    )
  })

  it('a flow that is not ours is named by its words', () => {
    const pingCase = { lost: { 'echo-request': 'cmp1/br-int/br-int#1' } }
    expect(
      explain(new Cloud({ type: 'vxlan' }), pingCase, [drop('cmp1', 'br-int', 'table=0,priority=500,icmp', '0x0')]).sentence,
    ).toContain('br-int T0 drops: a flow that is not ours, "priority=500,icmp actions=drop", counted 3')
  })

  it('a VM without a trunk loses nothing in a trunk bridge', () => {
    const { sentence } = explain(new Cloud({ type: 'vxlan' }), { lost: { 'echo-request': 'cmp1/br-int/br-int#1' } })
    expect(sentence).toBe(
      'Echo requests leave qvo9f9c98cb-13, none reach patch-tun of cmp1: Open vSwitch does not take them from its device: the port may be of a device that was made anew since',
    )
  })

  it('where a single packet is lost before all others are, the end of all is the fault', () => {
    const cloud = new Cloud({ type: 'vxlan' })
    const one = (sightings: Map<string, HopSighting>) => {
      for (const [id, sighting] of sightings) {
        const isBehind = id.startsWith('cmp2') && (sighting.counts['echo-request'] ?? 0) > 0
        if (isBehind || id === 'cmp1/nic/ens37#1') sightings.set(id, { ...sighting, counts: { ...sighting.counts, 'echo-request': 2 } })
      }
    }
    expect(explain(cloud, { lost: { 'echo-request': tapOf(draw(cloud)) } }, [], one).sentence).toMatch(
      /^Echo requests leave qv\S+, none reach tap\S+: qbr or iptables/,
    )
  })
})

describe('what each hop is told', () => {
  const statusesOf = (pingCase: PingCase, edit?: (sightings: Map<string, HopSighting>) => void) => {
    const { statuses, path } = explain(new Cloud({ type: 'vxlan' }), pingCase, [], edit)
    return path.forth.hops.map(({ id }) => statuses.get(id)?.status)
  }

  it('a path that works: all but the guests is proven, the unmeasured by what surrounds it', () => {
    expect(statusesOf({ lost: {} })).toEqual(['unchecked', ...Array<string>(17).fill('agrees'), 'unchecked'])
  })

  it('everything behind the first missing hop is missing too', () => {
    const statuses = statusesOf({ lost: { 'echo-request': 'cmp2/nic/ens37#1' } })
    expect(statuses.slice(1, 9)).toEqual(Array<string>(8).fill('agrees'))
    expect(statuses.slice(9)).toEqual([
      'unchecked',
      'missing',
      'missing',
      'missing',
      'missing',
      'missing',
      'missing',
      'unchecked',
      'missing',
      'unchecked',
    ])
  })

  it('a lost reply does not blame the hops that saw the request', () => {
    const statuses = statusesOf({ lost: { 'echo-reply': 'cmp1/nic/ens37#1' } })
    expect(statuses.slice(0, 8)).toEqual(Array<string>(8).fill('unchecked'))
    expect(statuses.slice(8)).toEqual(['missing', 'unchecked', ...Array<string>(8).fill('agrees'), 'unchecked'])
  })

  it('a counter that lags behind is no loss when a capture further on saw all', () => {
    const lag = (sightings: Map<string, HopSighting>) => {
      const id = 'cmp1/br-tun/br-tun#1'
      sightings.set(id, sightingOfCounter(id, { forth: 1, back: 3, countsBroadcasts: false }))
    }
    const { hopId, statuses } = explain(new Cloud({ type: 'vxlan' }), { lost: {} }, [], lag)
    expect(hopId).toBeNull()
    expect(noteOf(statuses.get('cmp1/br-tun/br-tun#1'))).toEqual({
      status: 'unchecked',
      note: 'Only 1 of 3 counted here, but all of them were seen further on',
    })
  })
})
