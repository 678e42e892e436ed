// What router scenarios prove beside the path between their VMs, each as a list of what is wrong.

import { isReapplyEmpty, planAndApply, verify } from './conduct'
import type { Api } from './console-under-test'
import { runInGuest } from './guest'
import { findVerificationProblems } from './problems'
import type { Measured } from './report'
import type { RouterDesign } from './router-design'

export interface RouterStage {
  readonly api: Api
  readonly design: RouterDesign
  readonly onProgress: (sentence: string) => void
  /** What proofs find out beside right and wrong. */
  readonly measured: Measured[]
}

export type RouterProof = (stage: RouterStage) => Promise<readonly string[]>

/** Behind the gateway of the external network, and so by the router's default route; that it answers at all says the source was translated. */
export const FAR_OUTSIDE = '198.51.100.10'
export const PING = '/usr/local/bin/ping -q -c 3 -i 0.3 -W 10 "$1" || true'

export const proveWayOut: RouterProof = async ({ design: { sides }, onProgress }) => {
  onProgress('going out')
  const outputs = await Promise.all(sides.map(({ guest }) => runInGuest(guest, ['sh', '-c', PING, 'sh', FAR_OUTSIDE])))
  return outputs.flatMap((output, index) =>
    output.includes(' 3 received') ? [] : [`the VM on ${sides[index]!.guest.host} does not reach the outside: ${output}`],
  )
}

/** One edit and one plan each way, and the VMs reach each other after it. */
export const proveBothKinds: RouterProof = async (stage) => [...(await change(stage, false)), ...(await change(stage, true))]

async function change({ api, design: { routerId, sides }, onProgress }: RouterStage, isDistributed: boolean): Promise<string[]> {
  const kind = isDistributed ? 'distributed' : 'centralized'
  onProgress(`making the router a ${kind} one`)
  await api.routers.update({ id: routerId, patch: { isDistributed } })
  await planAndApply(api)
  const isEmpty = await isReapplyEmpty(api)
  const [blue, green] = sides
  const problems = findVerificationProblems(await verify(api, blue.portId, green.portId))
  return [...(isEmpty ? [] : ['planning again is not empty']), ...problems].map((problem) => `as a ${kind} router: ${problem}`)
}
