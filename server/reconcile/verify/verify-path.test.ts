// What goes wrong around a verification: each failure is told where it belongs, spares the rest, and leaves nothing behind.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@/server/core/app-error'
import { ports } from '@/server/core/path/testing/cloud'
import { createCaptureStore } from '@/server/effects/capture/capture-store'
import { systemIds } from '@/server/effects/ids'
import { COUNT, FakeWorld } from './testing/fake-hosts'
import type { VerificationNews, VerifyDeps } from './verify-deps'
import { verifyPath } from './verify-path'

const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-verify-'))
afterAll(() => rmSync(dataDirectory, { recursive: true }))

let world: FakeWorld
let news: VerificationNews[]
beforeEach(() => {
  world = new FakeWorld()
  news = []
})

const request = { verificationId: 'v1', source: ports.web1, destination: ports.web2, count: COUNT }
function verify(changes: Partial<VerifyDeps> = {}, signal = new AbortController().signal) {
  const deps: VerifyDeps = {
    topology: { ...world.cloud.topology, subnets: [{ id: 's', networkId: world.cloud.topology.networks[0]!.id, name: 's', cidr: '10.0.0.0/24', gatewayIp: null, isDhcpEnabled: true, dnsNameservers: [], allocationPools: [] }] },
    clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    ids: systemIds,
    session: world.session,
    observe: async (hostId) => world.cloud.observation(hostId as 'cmp1'),
    captures: createCaptureStore(dataDirectory),
    times: { guestTimeoutMs: 60, guestPollMs: 10, settleMs: 1 },
    ...changes,
  }
  return verifyPath(deps, request, (item) => news.push(item), signal)
}
const messages = () => news.flatMap((item) => (item.type === 'progress' ? [item.message] : []))

describe('verifyPath', () => {
  it('tells its steps, every hop and the end, and keeps the captures', async () => {
    const verification = await verify()
    expect(verification).toMatchObject({ status: 'passed', verdict: 'All 3 echo requests were answered and every hop agrees' })
    expect(messages()).toEqual(['Reading cmp1 and cmp2', 'Listening at 6 points', 'web1 sends 3 echo requests to 10.0.0.6'])
    expect(news.filter(({ type }) => type === 'hop')).toHaveLength(verification.hops.length)
    expect(news.at(-1)).toEqual({ type: 'finished', verification })
    const kept = verification.hops.flatMap(({ pcap }) => pcap ?? [])
    expect(kept).toHaveLength(6)
    expect(readdirSync(join(dataDirectory, 'captures'))).toEqual(expect.arrayContaining(kept.map((id) => `${id}.pcap`)))
    expect(verification.hops.filter(({ packets }) => packets < 3)).toEqual([])
    expect(world.running).toBe(0)
  })

  it('refuses what is no path, before anything is touched', async () => {
    const topology = { ...world.cloud.topology, ports: [] }
    await expect(verify({ topology })).rejects.toMatchObject({ code: 'invalid_input', context: { rule: 'unknown_port' } })
    expect(world.commands).toEqual([])
  })

  it('proves what it can when one host cannot be read, and says which', async () => {
    const observe = async (hostId: string) => {
      if (hostId === 'cmp2') throw new AppError('host_unreachable', 'cmp2 refused the connection.')
      return world.cloud.observation('cmp1')
    }
    const { status, verdict, hops } = await verify({ observe })
    expect([status, verdict]).toEqual(['failed', 'cmp2 could not be read: cmp2 refused the connection.'])
    expect(hops.find(({ hopId }) => hopId === 'cmp1/nic/ens37/source')?.status).toBe('ok')
    expect(hops.find(({ hopId }) => hopId === 'cmp2/nic/ens37/destination')).toMatchObject({ status: 'unchecked', note: verdict })
    expect(world.commands.filter((line) => line.startsWith('cmp2'))).toEqual([])
  })

  it('collects the failures of both hosts', async () => {
    const observe = async (hostId: string): Promise<never> => {
      throw new AppError('host_unreachable', `${hostId} is away.`)
    }
    expect((await verify({ observe })).verdict).toBe('cmp1 could not be read: cmp1 is away. cmp2 could not be read: cmp2 is away.')
  })

  it('leaves one hop unproven when its tcpdump does not start', async () => {
    world.override = (argv, host) => (argv.includes('tcpdump') && argv.includes('ens37') && host === 'cmp2' ? 'tcpdump: ens37: You do not have permission\n' : undefined)
    const { status, hops } = await verify()
    expect(status).toBe('passed')
    expect(hops.find(({ hopId }) => hopId === 'cmp2/nic/ens37/destination')).toMatchObject({
      method: 'none',
      note: expect.stringContaining('Seen before it'),
    })
    expect(world.running).toBe(0)
  })

  it('does not capture on a device that was replaced meanwhile', async () => {
    const observation = world.cloud.observation('cmp1')
    const links = observation.state.links.map((link) => (link.name.startsWith('qvo9f') ? { ...link, observed: { ...link.observed!, ifindex: 4711 } } : link))
    const observe = async (hostId: string) => (hostId === 'cmp1' ? { ...observation, state: { ...observation.state, links } } : world.cloud.observation('cmp2'))
    const { hops } = await verify({ observe })
    expect(hops.find(({ hopId }) => hopId.includes('/qvo9f'))).toMatchObject({ method: 'none', pcap: null })
    expect(messages()).toContain('Listening at 5 points')
  })

  it('leaves the bridges unproven when the counters cannot be read', async () => {
    world.override = (argv, host) => {
      if (argv[0] === 'sh' && host === 'cmp1') throw new AppError('command_timed_out', 'cmp1 took too long.')
      return undefined
    }
    const { status, hops } = await verify()
    expect(status).toBe('passed')
    expect(hops.find(({ hopId }) => hopId === 'cmp1/br-tun/br-tun/source')?.method).toBe('none')
    expect(hops.find(({ hopId }) => hopId === 'cmp2/br-tun/br-tun/destination')).toMatchObject({ method: 'flow-counter', status: 'ok', packets: 3 })
  })

  it('waits for a guest, tells so, and gives up in time', async () => {
    world.override = (argv, host) => {
      if (argv.includes('qemu-agent-command') && host === 'cmp1') throw new AppError('command_failed', 'Guest agent is not responding')
      return undefined
    }
    const { status, verdict, firstBadHopId, hops } = await verify()
    expect(messages()).toContain('Waiting for web1: its guest agent does not answer yet')
    expect([status, verdict]).toEqual(['failed', 'The guest agent of web1 does not answer, so it cannot be asked to ping'])
    expect(firstBadHopId).toBe('cmp1/vm/eth0/source')
    expect(new Set(hops.map((hop) => hop.status))).toEqual(new Set(['unchecked']))
  })

  it('tells why ping could not be sent', async () => {
    world.override = (argv) =>
      argv.some((word) => word.includes('guest-exec-status')) ? JSON.stringify({ return: { exited: true, exitcode: 1, 'err-data': btoa('ping: connect: Network is unreachable\n') } }) : undefined
    expect(await verify()).toMatchObject({ status: 'failed', ping: null, verdict: 'ping could not be run at web1: ping: connect: Network is unreachable' })
  })

  it('tries again in whole seconds where ping takes no fractions', async () => {
    let tries = 0
    world.override = (argv) => {
      if (!argv.some((word) => word.includes('guest-exec-status'))) return undefined
      tries += 1
      return tries === 1 ? JSON.stringify({ return: { exited: true, exitcode: 1, 'err-data': btoa("ping: invalid number '0.2'\n") } }) : undefined
    }
    expect((await verify()).status).toBe('passed')
    const execs = world.commands.filter((line) => line.includes('"guest-exec"'))
    expect(execs.map((line) => line.includes('"-i"'))).toEqual([true, false])
  })

  it('finds a lease that is missing although the ping passes', async () => {
    world.override = (argv) => (argv[0] === 'cat' ? '0 fa:16:3e:00:00:02 10.0.0.6 web2 *\n' : undefined)
    const { status, verdict, dhcp } = await verify()
    expect([status, verdict]).toEqual(['failed', 'The server has no lease for web1'])
    expect(dhcp.map((entry) => entry.status)).toEqual(['no_lease', 'ok'])
  })

  it('passes, and says what differs, when the traffic flows although a hop is not as designed', async () => {
    world.cloud.change('cmp1', 'links', (link) => (link.name === 'qvb9f9c98cb-13' ? { ...link, mtu: 1500 } : link))
    expect(await verify()).toMatchObject({ status: 'passed', firstBadHopId: null, verdict: 'All 3 echo requests were answered, but: qvb9f9c98cb-13 has MTU 1500, network net-a has 1450' })
  })

  it.each(['Reading', 'Listening', 'echo requests'])('ends everything when cancelled at "%s"', async (stage) => {
    const controller = new AbortController()
    const push = news.push.bind(news)
    news.push = (...items) => {
      if (items.some((item) => item.type === 'progress' && item.message.includes(stage))) controller.abort()
      return push(...items)
    }
    const verification = await verify({}, controller.signal)
    expect(verification).toMatchObject({ status: 'cancelled', hops: [] })
    expect(world.running).toBe(0)
  })
})
