// Real tcpdump over a real sshd, between two throw-away namespaces; and the filters, judged by libpcap itself on captures
// that a Neutron cloud made. Needs root, tcpdump and iproute2.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { countMatching } from '@/server/core/packet/count-matching'
import { decodePcap } from '@/server/core/packet/pcap-reader'
import { captureFilter } from '@/server/core/path/capture-filter'
import { expectationsOf } from '@/server/core/path/expectations'
import { hopFrames } from '@/server/core/path/testing/hop-frames'
import type { Encapsulation, Endpoint } from '@/server/core/path/path'
import { MAX_STREAM_CHANNELS } from '@/server/effects/ssh/channel-limit'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { type LabSshd, startLabSshd } from '@/server/effects/ssh/testing/lab-sshd'
import { closePools, eventually, failureOf, openPool, sh } from '@/server/effects/ssh/testing/lab-tools'
import { createCaptureStore } from './capture-store'
import { readCounters } from './counters'
import { checkTargets } from './identify-links'
import { startCapture } from './start-capture'

/** Of this run alone: other captures on this machine must not be counted. */
const device = `cap${process.pid}`

/** Namespaces live in the server's own /run and vanish with it; the names only have to be free there. */
const SETUP = `
set -e
ip netns add left; ip netns add right
ip link add ${device} netns left address fa:16:3e:00:00:01 type veth peer name ${device} netns right address fa:16:3e:00:00:02
ip -n left addr add 10.9.0.1/24 dev ${device}; ip -n left link set ${device} up
ip -n right addr add 10.9.0.2/24 dev ${device}; ip -n right link set ${device} up
`
const place = { netns: 'left', device }
const endpoint = (label: string, macAddress: string, ipAddress: string): Endpoint => ({
  id: label,
  portId: label,
  label,
  kind: 'vm',
  hostId: 'h',
  hostName: 'h',
  networkId: 'n',
  networkName: 'n',
  macAddress,
  ipAddress,
})
const source = endpoint('right', 'fa:16:3e:00:00:02', '10.9.0.2')
const destination = endpoint('left', 'fa:16:3e:00:00:01', '10.9.0.1')
const filter = captureFilter(false, [source.macAddress, destination.macAddress])

let sshd: LabSshd
let session: HostSession
const ping = (count: number) => session.runOrThrow(sh(`ip netns exec right ping -c ${count} -i 0.2 -W 2 10.9.0.1`))

beforeAll(async () => {
  sshd = await startLabSshd()
  await openPool({ loadAccess: async () => sshd.access() })
    .forHost('lab')
    .runOrThrow(sh(SETUP))
  await closePools()
})
afterEach(closePools)
afterAll(() => sshd.stop())

describe('a capture on a host', () => {
  const open = () => (session = openPool({ loadAccess: async () => sshd.access() }).forHost('lab'))

  it('sees every packet from the first one on, and ends with what was buffered', async () => {
    open()
    const capture = await startCapture(session, { place, filter })
    await ping(4)
    const { packets, problem } = await capture.stop()
    expect(problem).toBeNull()
    const expected = expectationsOf(...hopFrames({ source, destination }, { kind: 'untagged' }))
    expect(countMatching(packets, expected['echo-request']).matched).toBe(4)
    expect(countMatching(packets, expected['echo-reply']).matched).toBe(4)
    expect(await capture.stop()).toEqual({ packets, problem })
  })

  it('carries as many at once over one connection as a host has places for', async () => {
    open()
    const captures = await Promise.all(Array.from({ length: MAX_STREAM_CHANNELS }, () => startCapture(session, { place, filter })))
    await ping(2)
    const outcomes = await Promise.all(captures.map((capture) => capture.stop()))
    const expected = expectationsOf(...hopFrames({ source, destination }, { kind: 'untagged' }))
    expect(outcomes.map(({ packets }) => countMatching(packets, expected['echo-request']).matched)).toEqual(
      Array(MAX_STREAM_CHANNELS).fill(2),
    )
  })

  it('ends at its caps and says so', async () => {
    open()
    const [few, small] = await Promise.all([
      startCapture(session, { place, filter, limits: { packets: 3 } }),
      startCapture(session, { place, filter, limits: { bytes: 300 } }),
    ])
    await ping(4)
    expect((await few.stop()).packets).toHaveLength(3)
    expect((await few.stop()).problem).toBe(`The capture on ${device} was full after 3 packets`)
    expect((await small.stop()).problem).toBe(`The capture on ${device} was stopped at 300 bytes`)
  })

  it('ends by itself when the console does not end it', async () => {
    open()
    const capture = await startCapture(session, { place, filter, limits: { seconds: 1 } })
    expect(await eventually(() => countOf(`tcpdump -i ${device}`) === 0)).toBe(true)
    expect((await capture.stop()).problem).toBe(`The capture on ${device} ended before it was stopped; it may run for 1 s`)
  })

  it.each([
    [
      'a device that is not there',
      { netns: 'left', device: 'eth9' },
      filter,
      /tcpdump could not listen on eth9: eth9: No such device exists/,
    ],
    [
      'a namespace that is not there',
      { netns: 'nowhere', device: 'eth0' },
      filter,
      /tcpdump could not listen on eth0: .*namespace "nowhere".*/,
    ],
    ['a filter that is none', place, 'this is; no filter', /tcpdump could not listen on cap\d+: .*syntax error.*/],
  ])('refuses %s, with the words of the host', async (_, where, wrong, message) => {
    open()
    expect((await failureOf(startCapture(session, { place: where, filter: wrong }))).message).toMatch(message)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    open()
    const controller = new AbortController()
    const capture = await startCapture(session, { place, filter }, controller.signal)
    expect(countOf(`tcpdump -i ${device}`)).toBeGreaterThan(0)
    controller.abort()
    await capture.stop()
    expect(await eventually(() => countOf(`tcpdump -i ${device}`) === 0)).toBe(true)
  })

  it('knows its target again, and refuses another device of the same name', async () => {
    open()
    const links = JSON.parse((await session.runOrThrow(sh('ip -j -n left link show'))).stdout) as { ifname: string; ifindex: number }[]
    const ifindex = links.find(({ ifname }) => ifname === device)?.ifindex ?? 0
    const targets = [
      { ...place, ifindex },
      { ...place, ifindex: 4711 },
      { ...place, device: 'gone', ifindex: 1 },
      { ...place, ifindex: null },
    ]
    expect([...(await checkTargets(session, targets)).values()]).toEqual([
      null,
      `${device} was replaced since it was read (ifindex 4711, now ${ifindex})`,
      'gone is not there any more',
      null,
    ])
  })
})

describe('counters', () => {
  it('reads devices where there is no Open vSwitch, and says of a bridge that is not there what was said of it', async () => {
    const host = openPool({ loadAccess: async () => sshd.access() }).forHost('lab')
    const { flows, links, silent, unparsed } = await readCounters(host, ['br-none'], 'c0ffee00-1')
    expect([flows.size, unparsed, [...silent]]).toEqual([0, [], [['br-none', 'ovs-ofctl: br-none is not a bridge or a socket']]])
    expect(links.get('lo')?.ifindex).toBe(1)
    expect(host.roundTrips).toBe(1)
  })
})

const countOf = (commandLine: string) => Number(spawnSync('pgrep', ['-fc', commandLine], { encoding: 'utf8' }).stdout.trim() || 0)

describe('the filters, on captures of a real cloud', () => {
  const macs = ['fa:16:3e:5e:1a:6f', 'fa:16:3e:da:ec:c3']
  const pass = (file: string, encapsulation: Encapsulation, endpoints = macs) => {
    const path = fileURLToPath(new URL(`../../core/packet/fixtures/${file}`, import.meta.url))
    const bytes = execFileSync('tcpdump', ['-r', path, '-w', '-', '--', captureFilter(encapsulation.kind === 'vxlan', endpoints)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return decodePcap(bytes).packets
  }
  const vxlan: Encapsulation = { kind: 'vxlan', vni: 1507, source: '10.98.0.11', destination: '10.98.0.12' }
  const ends = { source: endpoint('vm1', macs[0]!, '10.0.1.11'), destination: endpoint('vm2', macs[1]!, '10.0.1.12') }

  it.each<[string, Encapsulation]>([
    ['h1/tapf4513237-f5.pcap', { kind: 'untagged' }],
    ['h1/qvof4513237-f5.pcap', { kind: 'untagged' }],
    ['h1/eth1-underlay.pcap', vxlan],
    ['h2/eth1-underlay.pcap', vxlan],
    ['h2/qvo7668b6f4-2d.pcap', { kind: 'untagged' }],
  ])('%s: the whole ping passes', (file, encapsulation) => {
    const packets = pass(file, encapsulation)
    const expected = expectationsOf(...hopFrames(ends, encapsulation))
    expect(countMatching(packets, expected['echo-request']).matched).toBe(5)
    expect(countMatching(packets, expected['echo-reply']).matched).toBe(5)
  })

  it('a wrong VNI passes too, because it is to be found', () => {
    expect(pass('h1/eth1-underlay.pcap', { ...vxlan, vni: 9 })).toHaveLength(pass('h1/eth1-underlay.pcap', vxlan).length)
  })

  it("other guests' frames do not pass", () => {
    expect(pass('h1/eth1-underlay.pcap', vxlan, ['fa:16:3e:99:99:99'])).toEqual([])
    expect(pass('h1/tapf4513237-f5.pcap', { kind: 'untagged' }, ['fa:16:3e:99:99:99'])).toEqual([])
  })
})

describe('kept captures', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tapline-captures-'))
  afterAll(() => rmSync(directory, { recursive: true }))

  it('keeps files that any tool opens, and removes those that are named', async () => {
    const packets = [{ timestampUs: 1_700_000_000_000_000, originalLength: 60, data: new Uint8Array(60) }]
    for (const id of ['aaaaaaaa-1', 'aaaaaaaa-2', 'aaaaaaaa-3']) await createCaptureStore(directory).save(id, packets, 256)
    const found = await createCaptureStore(directory).find('aaaaaaaa-3')
    expect(
      execFileSync('tcpdump', ['-r', found!.filePath, '--count'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ).toContain('1 packet')
    const kept = () => readdirSync(join(directory, 'captures'))
    expect((await createCaptureStore(directory).list()).map(({ id, bytes }) => [id, bytes > 0]).sort()).toEqual([
      ['aaaaaaaa-1', true],
      ['aaaaaaaa-2', true],
      ['aaaaaaaa-3', true],
    ])
    await createCaptureStore(directory).remove(['aaaaaaaa-1', 'aaaaaaaa-3', '../gone', 'never-was'])
    expect(kept()).toEqual(['aaaaaaaa-2.pcap'])
  })

  it.each(['../../etc/passwd', 'a/b', '', 'A'.repeat(80), '.hidden-file'])('knows no capture %s', (id) =>
    expect(createCaptureStore(directory).find(id)).resolves.toBeNull(),
  )
})
