// Output of ping, iputils or busybox.
//
//   PING 10.0.1.12 (10.0.1.12) 56(84) bytes of data.
//   64 bytes from 10.0.1.12: icmp_seq=1 ttl=64 time=1.80 ms
//   From 10.0.1.11 icmp_seq=2 Destination Host Unreachable
//   3 packets transmitted, 2 received, +1 errors, 33% packet loss, time 602ms
//   rtt min/avg/max/mdev = 1.454/1.820/2.211/0.309 ms

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface PingReply {
  readonly sequence: number
  readonly from: string
  readonly ttl: number
  readonly timeMs: number | null
  readonly isDuplicate: boolean
}

export interface Ping {
  readonly destination: string
  readonly transmitted: number
  readonly received: number
  readonly lossPercent: number
  readonly rttMs: { readonly min: number; readonly avg: number; readonly max: number } | null
  readonly replies: readonly PingReply[]
  /** `From 10.0.1.11 icmp_seq=1 Destination Host Unreachable`, `ping: local error: message too long, mtu=1450` */
  readonly errors: readonly string[]
}

type Draft = { -readonly [K in keyof Ping]: Ping[K] extends readonly (infer U)[] ? U[] : Ping[K] }

const HEADING =
  /^PING (\S+) (?:\([^)]*\) )?(?:from \S+(?: \S+)?: )?\d+(?:\(\d+\))? (?:data )?bytes(?: of data)?\.?$|^PING (\S+) \([^)]*\): \d+ data bytes$/
const REPLY = /^\d+ bytes from (\S+?):? ?(?:\([^)]*\): )?(?:icmp_seq|seq)=(\d+) ttl=(\d+)(?: time[=<]([\d.]+) ms)?( \(DUP!\))?$/
const ERROR = /^(?:From \S+(?: \([^)]*\))?:? icmp_seq=\d+ .+|ping: .+|no answer yet for icmp_seq=\d+)$/
const TOTAL =
  /^(\d+) packets transmitted, (\d+) (?:packets )?received,(?: \+\d+ duplicates,)?(?: \+\d+ errors,)? ([\d.]+)% packet loss(?:, time \d+ms)?$/
const RTT = /^(?:rtt|round-trip) min\/avg\/max(?:\/mdev)? = ([\d.]+)\/([\d.]+)\/([\d.]+)(?:\/[\d.]+)? ms(?:, pipe \d+)?$/

export function parsePing(text: string, section = 'ping'): Parsed<Ping> {
  const ping: Draft = { destination: '', transmitted: 0, received: 0, lossPercent: 0, rttMs: null, replies: [], errors: [] }
  return takeLines<Ping>(text, section, ping, (line) => takeHeading(ping, line) || takeReply(ping, line) || takeTotal(ping, line))
}

function takeHeading(ping: Draft, line: string): boolean {
  const match = HEADING.exec(line)
  if (match) ping.destination = match[1] ?? match[2] ?? ''
  return match !== null || /^--- \S+ ping statistics ---$/.test(line)
}

function takeReply(ping: Draft, line: string): boolean {
  const [, from, sequence, ttl, time, duplicate] = REPLY.exec(line) ?? []
  if (from !== undefined) {
    const timeMs = time === undefined ? null : Number(time)
    ping.replies.push({ sequence: Number(sequence), from, ttl: Number(ttl), timeMs, isDuplicate: duplicate !== undefined })
  } else if (ERROR.test(line)) ping.errors.push(line)
  else return false
  return true
}

function takeTotal(ping: Draft, line: string): boolean {
  const total = TOTAL.exec(line)
  if (total) [ping.transmitted, ping.received, ping.lossPercent] = [Number(total[1]), Number(total[2]), Number(total[3])]
  const rtt = RTT.exec(line)
  if (rtt) ping.rttMs = { min: Number(rtt[1]), avg: Number(rtt[2]), max: Number(rtt[3]) }
  // iputils prints `pipe 3` alone when nothing came back in time.
  return Boolean(total ?? rtt) || /^pipe \d+$/.test(line)
}
