// The recorded captures of a real Neutron cloud, against values that were read from them by other means.

import { describe, expect, it } from 'vitest'
import { summaryOf } from '../explain/packet'
import { dissect } from './dissect'
import { framesOf, innerMost, outerVlanIds, vni } from './dissection'
import { ipv4Text, ipv6Text, macText } from './layers/addresses'
import type { Field } from './layers/layer'
import { capture, captureNames, type CaptureName } from './testing/captures'

const VM1 = 'fa:16:3e:5e:1a:6f'
const VM2 = 'fa:16:3e:da:ec:c3'

function dissected(name: CaptureName, index: number) {
  const packet = capture(name)[index]
  if (!packet) throw new Error(`${name} has no packet ${index}`)
  return { ...dissect(packet.data, packet), data: packet.data }
}

describe('the underlay', () => {
  const ping = dissected('h1/eth1-underlay', 0)

  it('shows the ping of the guests in VNI 0x5e3', () => {
    const [outer, inner] = framesOf(ping)
    expect(vni(ping)).toBe(0x5e3)
    expect(outer).toMatchObject({
      ethernet: { destination: 'ee:01:37:de:8e:48', source: 'a6:37:89:f5:8c:4f', type: 0x0800 },
      ipv4: {
        source: '10.98.0.11',
        destination: '10.98.0.12',
        isDontFragment: true,
        totalLength: 134,
        isChecksumValid: true,
      },
      udp: { sourcePort: 48646, destinationPort: 4789 },
    })
    expect(inner).toMatchObject({
      ethernet: { destination: VM2, source: VM1, type: 0x0800 },
      ipv4: { source: '10.0.1.11', destination: '10.0.1.12', ttl: 64, identification: 0x9ab3, isChecksumValid: true },
      icmp: { type: 8, code: 0, identifier: 17231, sequence: 1, payload: { offset: 92, length: 56 } },
    })
    expect(summaryOf(ping)).toBe('VXLAN 1507 │ 10.0.1.11 → 10.0.1.12 ICMP echo request id 17231 seq 1')
  })

  it('shows the layers where the bytes have them', () => {
    expect(ping.layers.map(({ protocol, offset, length }) => [protocol, offset, length])).toEqual([
      ['ethernet', 0, 14],
      ['ipv4', 14, 20],
      ['udp', 34, 8],
      ['vxlan', 42, 8],
      ['ethernet', 50, 14],
      ['ipv4', 64, 20],
      ['icmp', 84, 8],
    ])
  })

  it('shows a ping of 1450 bytes that the snapshot length cut', () => {
    const { isCut, malformed, layers } = dissected('h1/eth1-underlay', 6)
    expect([isCut, malformed, layers.at(-1)?.payload]).toEqual([true, undefined, { offset: 92, length: 1422 }])
  })

  it('shows ARP and router solicitation', () => {
    expect(innerMost(dissected('h1/eth1-underlay', 10))?.arp).toMatchObject({
      operation: 1,
      senderMac: VM1,
      senderIp: '10.0.1.11',
      targetMac: '00:00:00:00:00:00',
      targetIp: '10.0.1.99',
    })
    expect(innerMost(dissected('h1/eth1-underlay', 12))).toMatchObject({
      ipv6: { source: 'fe80::f816:3eff:feda:ecc3', destination: 'ff02::2', hopLimit: 255 },
      icmpv6: { type: 133, linkAddress: VM2 },
    })
  })
})

it('inside br-int frames wear the local VLAN of the host', () => {
  const mirrored = capture('h1/mirror-all-br-int').map((packet) => outerVlanIds(dissect(packet.data, packet)))
  expect(mirrored).toEqual(Array.from({ length: 6 }, () => [1]))
})

it('ARP between the guests is answered', () => {
  expect([0, 1].map((index) => summaryOf(dissected('h1/tapf4513237-f5', index)))).toEqual([
    'ARP who has 10.0.1.12? tell 10.0.1.11',
    `ARP 10.0.1.12 is at ${VM2}`,
  ])
})

/** Fields that are exactly their bytes, and how the bytes read. Pieces of a word, such as flags, are not. */
const wholeFields: Readonly<Record<string, (bytes: Uint8Array) => string | number>> = {
  ...Object.fromEntries(
    [
      'type',
      'totalLength',
      'ttl',
      'identification',
      'protocol',
      'hopLimit',
      'nextHeader',
      'payloadLength',
      'sourcePort',
      'destinationPort',
      'length',
      'vni',
      'identifier',
      'sequence',
      'operation',
      'code',
      'hardwareType',
    ].map((name) => [name, number]),
  ),
  ...Object.fromEntries(
    ['source', 'destination', 'senderMac', 'targetMac', 'senderIp', 'targetIp', 'sourceLinkAddress'].map((name) => [name, address]),
  ),
}

function number(bytes: Uint8Array): number {
  return Number.parseInt(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''), 16)
}

function address(bytes: Uint8Array): string {
  if (bytes.length === 6) return macText(bytes)
  return bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes)
}

describe.each(captureNames)('%s', (name) => {
  const all = capture(name).map((packet) => ({ ...dissect(packet.data, packet), data: packet.data }))

  it('has no malformed packet', () => {
    expect(all.filter(({ malformed }) => malformed).map(summaryOf)).toEqual([])
  })

  it('slices every field back to its value', () => {
    const compared: Field[] = []
    for (const { layers, data } of all) {
      for (const field of layers.flatMap((layer) => layer.fields)) {
        const read = wholeFields[field.name]
        if (!read) continue
        expect([field.name, read(data.subarray(field.offset, field.offset + field.length))]).toEqual([field.name, field.value])
        compared.push(field)
      }
    }
    expect(compared.length).toBeGreaterThan(all.length * 6)
  })
})
