// A power cut of a host with the network node of an inner cloud inside: its restore unit brings back the outer network and starts the
// outer VM, and that one's own unit brings back the inner network. Proven by the inner guest on the other host, which asks
// for its address anew and pings, before the console has looked at anything.

import { labExec, labHostRestart } from '../lab'
import { askAnew, runInGuest, waitForAddresses, type LabGuest } from './guest'
import type { OuterDesign } from './nested-design'
import type { RestartReport } from './report'

const PINGS = 5
/** An answer of the guest takes most of it on a busy machine. */
const LEASE_TIMEOUT_MS = 900_000
const RESULT = ['cat', '/run/tapline/restore-result']

export interface PowerCut {
  readonly lab: string
  readonly outer: OuterDesign
  readonly guest: LabGuest
  readonly addresses: { readonly server: string; readonly guest: string }
  /** Until the outer VM of the first host can be entered: its sshd starts last. */
  readonly enter: () => Promise<unknown>
}

export async function cutOuterPower({ lab, outer, guest, addresses, enter }: PowerCut): Promise<RestartReport> {
  const { host, vmId } = outer.vms[0]!
  const start = performance.now()
  await labHostRestart(lab, host)
  await enter()
  const bootMs = performance.now() - start
  await askAnew(guest, ['eth0'])
  const readResults = async () =>
    [(await labExec(lab, host, RESULT)).stdout, await runInGuest({ lab, host, vmId }, RESULT)].map((text) => text.trim()).join('; ')
  await waitForAddresses(guest, [addresses.guest], LEASE_TIMEOUT_MS).catch(async (error: Error) => {
    throw new Error(`${error.message}\nThe restore units of ${host} and of its VM say ${await readResults()}`)
  })
  const output = await runInGuest(guest, ['/usr/local/bin/ping', '-q', '-c', String(PINGS), '-i', '1', '-W', '10', addresses.server])
  const received = Number(/(\d+) received/.exec(output)?.[1] ?? 0)
  const recoveredMs = performance.now() - start
  return { host, event: 'power cut', bootMs, recoveredMs, result: await readResults(), pings: [{ to: addresses.server, received }] }
}

export const findRestartProblems = ({ host, result, pings }: RestartReport): string[] => [
  ...(/^0 .*; 0 /.test(result) ? [] : [`the restore units of ${host} and of its VM say ${result}`]),
  ...pings
    .filter(({ received }) => received !== PINGS)
    .map(({ to, received }) => `after the power cut of ${host} ${received} of ${PINGS} pings from the inner guest to ${to} came back`),
]
