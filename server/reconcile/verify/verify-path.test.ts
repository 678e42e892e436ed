// What goes wrong around a verification: each failure is told where it belongs, spares the rest, and leaves nothing behind.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@/server/core/app-error'
import { explainStage } from '@/server/core/explain/evidence'
import { explainedVerification } from '@/server/core/testing/explained'
import { macs, ports } from '@/server/core/path/testing/cloud'
import type { KnownCloud } from '@/server/core/found/with-found'
import type { Topology } from '@/server/core/topology/topology'
import { createCaptureStore } from '@/server/effects/capture/capture-store'
import { systemIds } from '@/server/effects/ids'
import { recordLog, type RecordedLog } from '@/server/effects/log/testing/recorded-log'
import { COUNT, FakeWorld } from './testing/fake-hosts'
import type { VerificationNews, VerifyDeps } from './verify-deps'
import { verifyPath } from './verify-path'

const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-verify-'))
afterAll(() => rmSync(dataDirectory, { recursive: true }))

let world: FakeWorld
let news: VerificationNews[]
let log: RecordedLog
beforeEach(() => {
  world = new FakeWorld()
  news = []
  log = recordLog()
})

const request = { verificationId: 'v1', source: ports.web1, destination: ports.web2, count: COUNT }
const cloudOf = (topology: Topology): KnownCloud => ({ topology, found: new Set(), observations: new Map() })
async function verify(changes: Partial<VerifyDeps> = {}, signal = new AbortController().signal) {
  const deps: VerifyDeps = {
    cloud: cloudOf({
      ...world.cloud.topology,
      subnets: [
        {
          id: 's',
          networkId: world.cloud.topology.networks[0]!.id,
          name: 's',
          cidr: '10.0.0.0/24',
          gatewayIp: null,
          isDhcpEnabled: true,
          dnsNameservers: [],
          allocationPools: [],
        },
      ],
    }),
    clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    ids: systemIds,
    logger: log.logger,
    session: world.session,
    observe: async (hostId) => world.cloud.observation(hostId as 'cmp1'),
    captures: createCaptureStore(dataDirectory),
    times: { guestTimeoutMs: 60, guestSettledMs: 20, guestPollMs: 10, settleMs: 1 },
    ...changes,
  }
  return explainedVerification(await verifyPath(deps, request, (item) => news.push(item), signal))
}
const answer = (addresses: string) => `@@uptime\n999.1 1.0\n@@vlans\n@@addresses\n${addresses}@@routes\n@@neighbours\n`
const messages = () => news.flatMap((item) => (item.type === 'progress' ? [explainStage(item.stage)] : []))

describe('verifyPath', () => {
  it('tells its steps, every hop and the end, and keeps the captures', async () => {
    const verification = await verify()
    expect(verification).toMatchObject({ status: 'passed', verdict: 'All 3 echo requests were answered and every hop agrees' })
    expect(messages()).toEqual(['Reading cmp1 and cmp2', 'Listening at 6 points', 'web1 sends 3 echo requests to 10.0.0.6'])
    expect(news.filter(({ type }) => type === 'hop')).toHaveLength(verification.hops.length)
    const last = news.at(-1)
    expect(last?.type === 'finished' && explainedVerification(last.verification)).toEqual(verification)
    const kept = verification.hops.flatMap(({ pcap }) => pcap ?? [])
    expect(kept).toHaveLength(6)
    expect(readdirSync(join(dataDirectory, 'captures'))).toEqual(expect.arrayContaining(kept.map((id) => `${id}.pcap`)))
    expect(verification.hops.filter(({ packets }) => packets < 3)).toEqual([])
    expect(world.running).toBe(0)
  })

  it('does not wait for a guest that libvirt has paused', async () => {
    const paused = (hostId: string) => {
      const observation = world.cloud.observation(hostId as 'cmp1')
      const domains = observation.state.domains.map((domain) =>
        hostId === 'cmp2' ? { ...domain, state: { name: 'paused', reason: 'I/O error' } } : domain,
      )
      return { ...observation, state: { ...observation.state, domains } }
    }
    const verification = await verify({ observe: async (hostId) => paused(hostId) })
    expect(verification).toMatchObject({
      status: 'failed',
      verdict: 'VM web2 is paused (I/O error): it neither sends nor answers',
      firstBadHopId: expect.stringMatching(/^cmp2\/vm\//),
    })
    expect(messages()).toEqual(['Reading cmp1 and cmp2'])
  })

  it('refuses what is no path, before anything is touched', async () => {
    const topology = { ...world.cloud.topology, ports: [] }
    await expect(verify({ cloud: cloudOf(topology) })).rejects.toMatchObject({ code: 'invalid_input', context: { rule: 'unknown_port' } })
    expect(world.commands).toEqual([])
  })

  it('proves what it can when one host cannot be read, and says which', async () => {
    const observe = async (hostId: string) => {
      if (hostId === 'cmp2') throw new AppError('host_unreachable', 'cmp2 refused the connection.')
      return world.cloud.observation('cmp1')
    }
    const { status, verdict, hops } = await verify({ observe })
    expect([status, verdict]).toEqual(['failed', 'cmp2 could not be read: cmp2 refused the connection.'])
    expect(hops.find(({ hopId }) => hopId === 'cmp1/nic/ens37#1')?.status).toBe('agrees')
    expect(hops.find(({ hopId }) => hopId === 'cmp2/nic/ens37#1')).toMatchObject({ status: 'unchecked', note: verdict })
    expect(world.commands.filter((line) => line.startsWith('cmp2') && !line.includes('ovs-appctl'))).toEqual([])
  })

  it('collects the failures of both hosts', async () => {
    const observe = async (hostId: string): Promise<never> => {
      throw new AppError('host_unreachable', `${hostId} is away.`)
    }
    expect((await verify({ observe })).verdict).toBe('cmp1 could not be read: cmp1 is away. cmp2 could not be read: cmp2 is away.')
  })

  it('leaves one hop unproven when its tcpdump does not start', async () => {
    world.override = (argv, host) =>
      argv.includes('tcpdump') && argv.includes('ens37') && host === 'cmp2' ? 'tcpdump: ens37: You do not have permission\n' : undefined
    const { status, hops } = await verify()
    expect(status).toBe('passed')
    expect(hops.find(({ hopId }) => hopId === 'cmp2/nic/ens37#1')).toMatchObject({
      method: 'none',
      note: expect.stringContaining('Seen before it'),
    })
    expect(world.running).toBe(0)
  })

  it('takes no capture for a witness that ended before the ping', async () => {
    world.captureLastsMs = 1
    const { status, verdict, hops } = await verify()
    // The NICs are known by what counted on both sides of them.
    expect(hops.filter(({ method }) => method === 'capture').map((hop) => `${hop.interface.slice(0, 4)} ${hop.status}`)).toEqual([
      'tap9 unchecked',
      'qvo9 unchecked',
      'ens3 agrees',
      'ens3 agrees',
      'qvo7 unchecked',
      'tap7 unchecked',
    ])
    expect(hops.find(({ hopId }) => hopId.startsWith('cmp1/tap/'))).toMatchObject({
      note: expect.stringContaining('ended before it was stopped'),
    })
    expect([status, verdict]).toEqual([
      'passed',
      expect.stringMatching(/^All 3 echo requests were answered and every hop that was measured agrees; not measured: tap/),
    ])
  })

  it('listens at the most telling points where sessions are few, says what it would take, and gives its places back', async () => {
    world.places = 1
    const { status, hops } = await verify()
    expect(status).toBe('passed')
    expect(hops.filter(({ method }) => method === 'capture').map(({ interface: device }) => device.slice(0, 3))).toEqual(['tap', 'tap'])
    expect(hops.find(({ hopId }) => hopId === 'cmp1/nic/ens37#1')?.note).toContain('Not captured. sshd allows few')
    expect([world.held, world.running]).toEqual([0, 0])
  })

  it('judges what it captured also where that cannot be kept', async () => {
    const inTheWay = join(dataDirectory, 'file')
    writeFileSync(inTheWay, '')
    const { status, verdict, hops } = await verify({ captures: createCaptureStore(inTheWay) })
    expect([status, verdict]).toEqual(['passed', 'All 3 echo requests were answered and every hop agrees'])
    expect(hops.find(({ hopId }) => hopId.startsWith('cmp1/tap/'))).toMatchObject({ method: 'capture', status: 'agrees', pcap: null })
    expect(log.logged).not.toEqual([])
  })

  it('does not capture on a device that was replaced meanwhile', async () => {
    const observation = world.cloud.observation('cmp1')
    const links = observation.state.links.map((link) =>
      link.name.startsWith('qvo9f') ? { ...link, observed: { ...link.observed!, ifindex: 4711 } } : link,
    )
    const observe = async (hostId: string) =>
      hostId === 'cmp1' ? { ...observation, state: { ...observation.state, links } } : world.cloud.observation('cmp2')
    const { hops } = await verify({ observe })
    expect(hops.find(({ hopId }) => hopId.includes('/qvo9f'))).toMatchObject({ method: 'none', pcap: null })
    expect(messages()).toContain('Listening at 5 points')
  })

  it('does not take flows for uncounted that a bridge refused to print', async () => {
    world.refuses = 'cmp1 br-tun'
    const { status, verdict, hops } = await verify()
    expect(hops.find(({ hopId }) => hopId === 'cmp1/br-tun/br-tun#1')).toMatchObject({
      method: 'none',
      note: expect.stringContaining('The counters were not read: ovs-ofctl: version negotiation failed'),
    })
    expect(hops.find(({ hopId }) => hopId === 'cmp1/br-int/br-int#1')).toMatchObject({
      method: 'flow-counter',
      status: 'agrees',
      packets: 3,
    })
    expect([status, verdict]).toEqual(['passed', expect.stringMatching(/^All 3 echo requests were answered/)])
  })

  it('leaves the bridges unproven when the counters cannot be read', async () => {
    world.override = (argv, host) => {
      if (argv[0] === 'sh' && host === 'cmp1') throw new AppError('command_timed_out', 'cmp1 took too long.')
      return undefined
    }
    const { status, hops } = await verify()
    expect(status).toBe('passed')
    expect(hops.find(({ hopId }) => hopId === 'cmp1/br-tun/br-tun#1')?.method).toBe('none')
    expect(hops.find(({ hopId }) => hopId === 'cmp2/br-tun/br-tun#1')).toMatchObject({
      method: 'flow-counter',
      status: 'agrees',
      packets: 3,
    })
  })

  it('waits for a guest, tells so, and gives up in time', async () => {
    // As long as a busy machine may take for the first question.
    world.override = (argv, host) => {
      if (argv.includes('qemu-agent-command') && host === 'cmp1') throw new AppError('command_failed', 'Guest agent is not responding')
      return undefined
    }
    const { status, verdict, firstBadHopId, hops } = await verify({
      times: { guestTimeoutMs: 1_000, guestSettledMs: 20, guestPollMs: 10, settleMs: 1 },
    })
    expect(messages()).toContain('Waiting for web1: its guest agent does not answer yet')
    expect([status, verdict]).toEqual(['failed', 'The guest agent of web1 does not answer, so it cannot be asked to ping'])
    expect(firstBadHopId).toBe('cmp1/vm/eth0#1')
    expect(new Set(hops.map((hop) => hop.status))).toEqual(new Set(['unchecked']))
  })

  it('tells why ping could not be sent', async () => {
    world.override = (argv) =>
      argv.some((word) => word.includes('guest-exec-status') && word.includes('"pid":1'))
        ? JSON.stringify({ return: { exited: true, exitcode: 1, 'err-data': btoa('ping: connect: Network is unreachable\n') } })
        : undefined
    expect(await verify()).toMatchObject({
      status: 'failed',
      ping: null,
      verdict: 'ping could not be run at web1: ping: connect: Network is unreachable',
    })
  })

  it('tries again in whole seconds where ping takes no fractions', async () => {
    let tries = 0
    world.override = (argv) => {
      if (!argv.some((word) => word.includes('guest-exec-status') && word.includes('"pid":1'))) return undefined
      tries += 1
      return tries === 1
        ? JSON.stringify({ return: { exited: true, exitcode: 1, 'err-data': btoa("ping: invalid number '0.2'\n") } })
        : undefined
    }
    expect((await verify()).status).toBe('passed')
    const execs = world.commands.filter((line) => line.includes('"path":"ping"'))
    expect(execs.map((line) => line.includes('"-i"'))).toEqual([true, false])
  })

  it('finds a lease that is missing although the ping passes', async () => {
    world.leases = '0 fa:16:3e:00:00:02 10.0.0.6 web2 *\n'
    const { status, verdict, dhcp } = await verify()
    expect([status, verdict]).toEqual(['failed', 'The server has no lease for web1'])
    expect(dhcp.map((entry) => entry.status)).toEqual(['no-lease', 'agrees'])
  })

  it('misses no lease where a line of the leases is not understood', async () => {
    world.leases = '0 fa:16:3e:00:00:01 10.0.0.5 web1 * of a newer dnsmasq\n0 fa:16:3e:00:00:02 10.0.0.6 web2 *\n'
    const { status, dhcp } = await verify()
    expect([status, dhcp.map((entry) => entry.status)]).toEqual(['passed', ['unchecked', 'agrees']])
  })

  it('finds a DHCP server that does not run although the lease goes on', async () => {
    world.isServerRunning = false
    const { status, verdict, dhcp } = await verify()
    expect([status, verdict]).toEqual([
      'failed',
      expect.stringMatching(/^The DHCP server of net-a does not run on \S+: web1 keeps 10.0.0.5 until its lease ends/),
    ])
    expect(dhcp.map((entry) => entry.status)).toEqual(['server-down', 'server-down'])
  })

  it('asks the source first, and sends nothing where it says that it cannot', async () => {
    world.guestSays = (name) => answer(`2: eth0: <BROADCAST> mtu 1450 qdisc noop\n    link/ether ${macs[name]} brd ff:ff:ff:ff:ff:ff\n`)
    const { status, verdict, firstBadHopId, hops } = await verify()
    expect([status, verdict, firstBadHopId]).toEqual(['failed', 'eth0 in the guest of web1 is down', 'cmp1/vm/eth0#1'])
    expect(new Set(hops.map((hop) => hop.note))).toEqual(new Set(['The ping did not run', 'Nothing was sent']))
    expect(world.commands.filter((line) => /tcpdump|"path":"ping"/.test(line))).toEqual([])
  })

  it('gives the word of the destination as the reason why it does not answer', async () => {
    world.guestSays = (name) =>
      answer(
        `2: eth0: <UP> mtu 1450 qdisc noop\n    link/ether ${macs[name]} brd ff:ff:ff:ff:ff:ff\n    inet ${name === 'web1' ? '10.0.0.5' : '10.0.0.77'}/24 scope global eth0\n`,
      )
    world.override = (argv) =>
      argv.some((word) => word.includes('guest-exec-status') && word.includes('"pid":1'))
        ? JSON.stringify({ return: { exited: true, exitcode: 1, 'out-data': btoa('3 packets transmitted, 0 received\n') } })
        : undefined
    world.answers = false
    expect(await verify()).toMatchObject({
      status: 'failed',
      verdict: 'web2 does not answer the ping from web1: eth0 in the guest of web2 has 10.0.0.77; its port has 10.0.0.6',
      firstBadHopId: expect.stringContaining('cmp2/tap/'),
    })
  })

  it('does not take a guest for one that is off where libvirt did not tell', async () => {
    const unread = { section: 'virsh', text: '', reason: { code: 'unanswered', params: { who: 'libvirt', withinS: 45 } } } as const
    const observe = async (hostId: string) => {
      const observation = world.cloud.observation(hostId as 'cmp1')
      return hostId === 'cmp1' ? { ...observation, state: { ...observation.state, domains: [] }, unparsed: [unread] } : observation
    }
    const { status, verdict } = await verify({ observe })
    expect([status, verdict]).toEqual([
      'failed',
      'Whether web1 runs on cmp1 is not known (Libvirt does not answer within 45 s), so it cannot be asked to ping',
    ])
  })

  it('says nothing of the flows of a switch that does not answer', async () => {
    world.override = (argv, host) => {
      if (argv[0] === 'ovs-appctl' && host === 'cmp2') return 'SILENT'
      return undefined
    }
    const observe = async (hostId: string) => (hostId === 'cmp2' ? new Promise<never>(() => undefined) : world.cloud.observation('cmp1'))
    const { status, verdict, hops } = await verify({ observe })
    expect([status, verdict]).toEqual(['failed', 'Open vSwitch on cmp2 does not answer: ovs-vswitchd runs but gave no reply within 4 s'])
    expect(hops.find(({ hopId }) => hopId === 'cmp2/br-tun/br-tun#1')).toMatchObject({ status: 'unchecked', note: verdict })
  })

  it('passes, and says what differs, when the traffic flows although a hop is not as designed', async () => {
    world.cloud.change('cmp1', 'links', (link) => (link.name === 'qvb9f9c98cb-13' ? { ...link, mtu: 1500 } : link))
    expect(await verify()).toMatchObject({
      status: 'passed',
      firstBadHopId: null,
      verdict: 'All 3 echo requests were answered, but: qvb9f9c98cb-13 has MTU 1500, network net-a has 1450',
    })
  })

  it.each(['Reading', 'Listening', 'echo requests'])('ends everything when cancelled at "%s"', async (stage) => {
    const controller = new AbortController()
    const push = news.push.bind(news)
    news.push = (...items) => {
      if (items.some((item) => item.type === 'progress' && explainStage(item.stage).includes(stage))) controller.abort()
      return push(...items)
    }
    const verification = await verify({}, controller.signal)
    expect(verification).toMatchObject({ status: 'cancelled', hops: [] })
    expect([world.running, world.held]).toEqual([0, 0])
  })
})
