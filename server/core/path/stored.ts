// Verifications and their events as earlier versions stored them: what was a sentence then is a code with that sentence (`said`), and
// verdicts had other words. What has the present form comes back as it is.

import type { VerificationSummary } from '../api-types'
import { quoted } from '../quoted'
import type { Endpoint } from './path'
import type { DhcpEvidence, DhcpStatus, HopEvidence, HopStatus, Verification, VerificationEvent } from './verification'

/** As it was, with a sentence where there is a code now. */
type Old<Record, Words extends keyof Record> = Omit<Record, Words> & { readonly [W in Words]: Record[W] | string }
type StoredHop = Old<Omit<HopEvidence, 'notes' | 'status'>, 'expected' | 'seen'> & { readonly status: HopStatus | 'ok' } & (
    | Pick<HopEvidence, 'notes'>
    | { readonly note: string | null }
  )
type StoredDhcp = Omit<DhcpEvidence, 'finding' | 'status'> & { readonly status: DhcpStatus | keyof typeof EARLIER_DHCP } & (
    | Pick<DhcpEvidence, 'finding'>
    | { readonly message: string }
  )
/** Ends were ports, each by its id. */
type StoredEnd = Endpoint | (Omit<Endpoint, 'id' | 'portId'> & { readonly portId: string })
type StoredVerification = Old<Omit<Verification, 'hops' | 'dhcp' | 'source' | 'destination'>, 'verdict'> & {
  readonly source: StoredEnd
  readonly destination: StoredEnd
  readonly hops: readonly StoredHop[]
  readonly dhcp: readonly StoredDhcp[]
}
type StoredEvent = Pick<VerificationEvent, 'verificationId' | 'seq' | 'at'> &
  (
    | Extract<VerificationEvent, { type: 'progress' }>
    | { readonly type: 'progress'; readonly message: string }
    | { readonly type: 'hop'; readonly evidence: StoredHop }
    | { readonly type: 'finished'; readonly verification: StoredVerification }
  )

export const readVerification = (stored: StoredVerification): Verification => ({
  ...stored,
  source: readEnd(stored.source),
  destination: readEnd(stored.destination),
  verdict: quoted(stored.verdict),
  hops: stored.hops.map(readHop),
  dhcp: stored.dhcp.map(readDhcp),
})

export const readSummary = (stored: Old<VerificationSummary, 'verdict'>): VerificationSummary => ({
  ...stored,
  verdict: quoted(stored.verdict),
})

export function readEvent(stored: StoredEvent): VerificationEvent {
  if (stored.type === 'hop') return { ...stored, evidence: readHop(stored.evidence) }
  if (stored.type === 'finished') return { ...stored, verification: readVerification(stored.verification) }
  if (!('message' in stored)) return stored
  const { message, ...event } = stored
  return { ...event, stage: quoted(message) }
}

const readEnd = (stored: StoredEnd): Endpoint => ('id' in stored ? stored : { ...stored, id: stored.portId })

function readHop(stored: StoredHop): HopEvidence {
  const [expected, seen] = [quoted(stored.expected), quoted(stored.seen)]
  const status = stored.status === 'ok' ? 'agrees' : stored.status
  if ('notes' in stored) return { ...stored, expected, seen, status }
  const { note, ...hop } = stored
  return { ...hop, expected, seen, status, notes: note === null ? [] : [quoted(note)] }
}

/** As the status of a lease was called before hops, trunks and leases had the same words. */
const EARLIER_DHCP = {
  ok: 'agrees',
  no_lease: 'no-lease',
  address_differs: 'differs',
  server_down: 'server-down',
  not_checked: 'unchecked',
} as const satisfies Record<string, DhcpStatus>

const isEarlier = (status: StoredDhcp['status']): status is keyof typeof EARLIER_DHCP => status in EARLIER_DHCP

function readDhcp(stored: StoredDhcp): DhcpEvidence {
  const status = isEarlier(stored.status) ? EARLIER_DHCP[stored.status] : stored.status
  if (!('message' in stored)) return { ...stored, status }
  const { message, ...evidence } = stored
  return { ...evidence, status, finding: quoted(message) }
}
