import { describe, expect, it } from 'vitest'

import { cmp1, vlanPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import type { Path, PathHop } from '@/server/core/path/path'

import { firstReading, foldReading, forwardPackets } from './live-rates'

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString()

function reading(seconds: number, packets: number, cmp2Seconds = seconds): Path {
  return {
    ...vxlanPath,
    hosts: vxlanPath.hosts.map((host) => ({ ...host, observedAt: at(host.id === cmp1.id ? seconds : cmp2Seconds) })),
    forth: {
      hops: vxlanPath.forth.hops.map((hop) =>
        hop.counters === null ? hop : { ...hop, counters: { rxPackets: packets, txPackets: packets } },
      ),
    },
  }
}

const tap = vxlanPath.forth.hops[1]!.id
const remoteTap = vxlanPath.forth.hops[vxlanPath.forth.hops.length - 2]!.id
const vm = vxlanPath.forth.hops[0]!.id

describe('foldReading', () => {
  it('has no rate after one reading', () => {
    expect(foldReading(null, reading(0, 100)).rates.forth).toEqual({})
  })

  it('divides what moved by the time between the readings', () => {
    const {
      rates: { forth: rates },
      sequence,
    } = foldReading(firstReading(reading(0, 100)), reading(2, 184))
    expect(rates[tap]).toEqual({ perSecond: 42, hasMoved: true, isReset: false, at: at(2) })
    expect(sequence).toBe(1)
    expect(rates[vm]).toBeUndefined()
  })

  it('stands still when no packet passed', () => {
    const {
      rates: { forth: rates },
    } = foldReading(firstReading(reading(0, 100)), reading(2, 100))
    expect(rates[tap]).toMatchObject({ perSecond: 0, hasMoved: false })
  })

  it('calls a counter that went back a reset, not a rate', () => {
    const {
      rates: { forth: rates },
    } = foldReading(firstReading(reading(0, 100)), reading(2, 3))
    expect(rates[tap]).toMatchObject({ perSecond: null, hasMoved: false, isReset: true })
  })

  it('keeps the last rate of a host that was not read again', () => {
    const second = foldReading(firstReading(reading(0, 100)), reading(2, 184))
    const third = foldReading(second, reading(4, 184, 2))
    expect(third.rates.forth[remoteTap]).toEqual({ perSecond: 42, hasMoved: false, isReset: false, at: at(2) })
    expect(third.rates.forth[tap]).toMatchObject({ perSecond: 0, at: at(4) })
  })

  it('starts anew with another path', () => {
    const other = { ...vlanPath, destination: { ...vlanPath.destination, id: 'another' } }
    expect(foldReading(firstReading(reading(0, 100)), other)).toEqual(firstReading(other))
  })
})

describe('forwardPackets', () => {
  const hop = (role: PathHop['role']): PathHop => ({ ...vxlanPath.forth.hops[1]!, role, counters: { rxPackets: 1, txPackets: 2 } })
  it.each<[PathHop['role'], 'source' | 'destination', number | null]>([
    ['tap', 'source', 1],
    ['tap', 'destination', 2],
    ['qvb', 'source', 2],
    ['qvb', 'destination', 1],
    ['qvo', 'source', 1],
    ['qvo', 'destination', 2],
    ['nic', 'source', 2],
    ['nic', 'destination', 1],
    ['patch', 'source', 2],
    ['patch', 'destination', 1],
    ['dhcp', 'destination', 1],
    ['tap-vlan', 'source', 1],
    ['vlan-device', 'source', 2],
    ['vxlan-device', 'destination', 1],
    ['qbr', 'source', null],
    ['br-tun', 'source', null],
  ])('reads %s on the %s side', (role, side, packets) => {
    expect(forwardPackets(hop(role), side)).toBe(packets)
  })

  it.each<[string, 'source' | 'destination', number]>([
    ['spt-9f9c98cb-13', 'source', 2],
    ['spi-9f9c98cb-13', 'source', 1],
    ['tpi-9f9c98cb-13', 'destination', 2],
    ['tpt-9f9c98cb-13', 'destination', 1],
  ])('reads %s of a trunk on the %s side', (device, side, packets) => {
    expect(forwardPackets({ ...hop('trunk-patch'), place: { ...vxlanPath.forth.hops[1]!.place, device } }, side)).toBe(packets)
  })
})
