// Two hosts that only exist as text, for what cannot be broken on real ones at will: a host that vanishes, a tcpdump that
// does not start, an agent that never answers. A ping makes every flow count and every capture see it; no more is faked.

import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/server/core/app-error'
import type { Command, CommandResult } from '@/server/core/commands/command'
import { encodePcap } from '@/server/core/packet/pcap-writer'
import { ethernet, frame, icmpEcho, ipv4, tunnelled, type Bytes } from '@/server/core/packet/testing/build-frame'
import { packet } from '@/server/core/packet/testing/captures'
import { addresses, Cloud, macs } from '@/server/core/path/testing/cloud'
import type { CommandStream, HostSession, RunOptions, StreamOptions, StreamPlaces } from '@/server/effects/ssh/host-session'

export const COUNT = 3

/** Returns the stdout, or throws; undefined leaves the command to the world. */
export type Override = (argv: readonly string[], host: string) => string | undefined

export class FakeWorld {
  readonly cloud = new Cloud({ type: 'vxlan' })
  readonly commands: string[] = []
  override: Override = () => undefined
  running = 0
  /** Places for streams per host that are held now, and how many there are. */
  held = 0
  places = 5
  /** What becomes of a capture that runs; the time-out of tcpdump may end it early. */
  captureLastsMs = Infinity
  hasPinged = false
  /** What a guest prints when it is asked for its interfaces. */
  guestSays = (_name: 'web1' | 'web2'): string => ''
  leases = Object.entries(addresses)
    .map(([name, address]) => `0 ${macs[name as 'web1']} ${address} ${name} *\n`)
    .join('')
  isServerRunning = true
  /** Host and bridge of a switch that refuses to print its flows when counters are read. */
  refuses = ''
  /** Whether replies come, too. */
  answers = true

  session = (host: string): HostSession => new FakeSession(host as 'cmp1' | 'cmp2', this)

  answer(host: 'cmp1' | 'cmp2', argv: readonly string[]): string {
    const line = argv.join(' ')
    this.commands.push(`${host}: ${line}`)
    const overridden = this.override(argv, host)
    if (overridden !== undefined) return overridden
    if (line.includes('link show')) return this.#links(host, line)
    if (argv.includes('tapline-dhcp')) return this.#dhcp(argv)
    if (argv[0] === 'sh') return this.#counters(host, argv)
    if (argv[0] === 'ovs-appctl') return '3.1.0\n'
    if (line.includes('guest-network-get-interfaces')) return this.#guestNics(line)
    if (line.includes('guest-exec-status'))
      return json({
        exited: true,
        exitcode: 0,
        'out-data': btoa(line.includes('"pid":1') ? pingOutput() : this.guestSays(this.#guestOf(line))),
      })
    if (line.includes('guest-exec')) return line.includes('"path":"ping"') ? this.#ping(json({ pid: 1 })) : json({ pid: 2 })
    throw new Error(`the fake host does not know "${line}"`)
  }

  capture(argv: readonly string[]): Uint8Array {
    const isNic = argv.includes('ens37')
    return encodePcap(this.hasPinged ? echoes(this.answers).map((inner) => packet(frame(isNic ? wrap(inner) : inner))) : [])
  }

  #ping(answer: string): string {
    this.hasPinged = true
    return answer
  }

  #links(host: 'cmp1' | 'cmp2', line: string): string {
    const netns = /-n (\S+)/.exec(line)?.[1] ?? ''
    const links = this.cloud.states[host].links.filter((link) => link.netns === netns)
    return JSON.stringify(links.map(({ name, observed }) => ({ ifname: name, ifindex: observed?.ifindex, flags: ['UP'], mtu: 1500 })))
  }

  #counters(host: 'cmp1' | 'cmp2', [, , , nonce, ...bridges]: readonly string[]): string {
    const counted = this.hasPinged ? COUNT : 0
    const flows = (bridge: string) =>
      this.cloud.states[host].flows
        .filter((flow) => flow.bridge === bridge)
        .map(
          (flow) =>
            ` cookie=0x0, duration=${this.hasPinged ? 9 : 5}s, table=${flow.table}, n_packets=${flow.actions === 'drop' ? 0 : counted}, n_bytes=0, priority=${flow.priority}${flow.match && ','}${flow.match} actions=${flow.actions}`,
        )
        .join('\n')
    const sections = bridges.map((bridge) =>
      this.refuses === `${host} ${bridge}`
        ? `ovs-ofctl: version negotiation failed\n@@${nonce} 1 flows ${bridge}\n`
        : `${flows(bridge)}\n@@${nonce} 0 flows ${bridge}\n`,
    )
    return `${sections.join('')}[]\n@@${nonce} 0 links\n\n@@${nonce} 0 done\n`
  }

  #dhcp(argv: readonly string[]): string {
    return `${this.leases}\n@@\n${this.isServerRunning ? `dnsmasq\u001f--pid-file=${argv.at(-1)}/pid\u001f` : ''}`
  }

  #guestOf(line: string): 'web1' | 'web2' {
    return `web${/0a000000-0000-4000-8000-00000000000(\d)/.exec(line)?.[1] as '1' | '2'}`
  }

  #guestNics(line: string): string {
    const name = this.#guestOf(line)
    return json([
      { name: 'eth0', 'hardware-address': macs[name], 'ip-addresses': [{ 'ip-address-type': 'ipv4', 'ip-address': addresses[name] }] },
    ])
  }
}

const json = (value: unknown) => JSON.stringify({ return: value })
const pingOutput = () => `${COUNT} packets transmitted, ${COUNT} received, 0% packet loss, time 1ms\nrtt min/avg/max/mdev = 1/2/3/0 ms\n`

function echoes(hasReplies: boolean): Bytes[] {
  const one = (type: 0 | 8, sequence: number, from: 'web1' | 'web2', to: 'web1' | 'web2'): Bytes => [
    ...ethernet(0x0800, { source: macs[from], destination: macs[to] }),
    ...ipv4(1, icmpEcho(type, 7, sequence), { source: addresses[from], destination: addresses[to] }),
  ]
  return Array.from({ length: COUNT }, (_, index) => [
    one(8, index, 'web1', 'web2'),
    ...(hasReplies ? [one(0, index, 'web2', 'web1')] : []),
  ]).flat()
}

/** Replies travel the other way outside as well. */
const wrap = (inner: Bytes): Bytes => {
  const isReply = inner[34] === 0
  const [source, destination] = isReply ? ['192.168.150.12', '192.168.150.11'] : ['192.168.150.11', '192.168.150.12']
  return tunnelled(100, inner, { source, destination })
}

class FakeSession implements HostSession {
  roundTrips = 0

  constructor(
    readonly hostId: 'cmp1' | 'cmp2',
    private readonly world: FakeWorld,
  ) {}

  async run({ argv }: Command, options: RunOptions = {}): Promise<CommandResult> {
    await delay(1)
    if (options.signal?.aborted) throw new AppError('cancelled', 'cancelled')
    const stdout = this.world.answer(this.hostId, argv)
    if (stdout === 'SILENT')
      return { host: this.hostId, argv, exitCode: null, signal: 'SIGALRM', stdout: '', stderr: '', durationMs: 1, isTruncated: false }
    return { host: this.hostId, argv, exitCode: 0, stdout, stderr: '', durationMs: 1, isTruncated: false }
  }

  runOrThrow(command: Command, options?: RunOptions): Promise<CommandResult> {
    return this.run(command, options)
  }

  stream({ argv }: Command, options: StreamOptions = {}): CommandStream {
    return new FakeTcpdump(this.world, this.hostId, argv, options.signal)
  }

  async reserve(wanted: number): Promise<StreamPlaces> {
    return new FakePlaces(this, this.world, wanted)
  }
}

class FakePlaces implements StreamPlaces {
  readonly shortage: string | null

  constructor(
    private readonly session: FakeSession,
    private readonly world: FakeWorld,
    wanted: number,
    readonly granted = Math.min(wanted, world.places),
  ) {
    this.shortage = granted < wanted ? 'sshd allows few' : null
    world.held += granted
  }

  stream(command: Command, options?: StreamOptions): CommandStream {
    return this.session.stream(command, options)
  }

  release(): void {
    this.world.held -= this.granted
  }
}

class FakeTcpdump implements CommandStream {
  readonly done: Promise<CommandResult>
  readonly stdout: AsyncIterable<Uint8Array>
  #stderr = 'tcpdump: listening on device\n'
  #end: () => void = () => undefined

  constructor(world: FakeWorld, host: string, argv: readonly string[], signal: AbortSignal | undefined) {
    const ended = new Promise<void>((resolve) => (this.#end = resolve))
    signal?.addEventListener('abort', () => this.#end(), { once: true })
    const refusal = world.override(argv, host)
    if (refusal !== undefined) this.#refuse(refusal)
    else world.running += 1
    if (Number.isFinite(world.captureLastsMs)) setTimeout(() => this.#end(), world.captureLastsMs)
    this.done = ended.then(() => {
      if (refusal === undefined) world.running -= 1
      return { host, argv, exitCode: refusal === undefined ? 0 : 1, stdout: '', stderr: this.#stderr, durationMs: 1, isTruncated: false }
    })
    this.stdout = (async function* () {
      await ended
      if (refusal === undefined) yield world.capture(argv)
    })()
  }

  stderr(): string {
    return this.#stderr
  }

  async stop(): Promise<void> {
    this.#end()
    await this.done
  }

  #refuse(text: string): void {
    this.#stderr = text
    this.#end()
  }
}
