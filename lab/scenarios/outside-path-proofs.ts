// What is proven of paths that leave the cloud or come from outside: every hop that can be listened at shows the packet that the path has there, with
// its MACs, tag, addresses and TTL, there and back; who is outside cannot be made to send, so that the way in is proven by replies.

import type { Verification } from '@/server/core/path/verification'
import { planAndApply, verify } from './conduct'
import { letEverybodyIn } from './design'
import { findVerificationProblems } from './problems'
import { FAR_OUTSIDE, type RouterProof } from './router-proofs'

/** Devices that a path comes by, by the beginnings of their names. */
const BY_FLOATING_IP = ['tap', 'qr-', 'rfp-', 'fg-', 'ens38']
const BY_ROUTER = ['tap', 'qr-', 'qg-', 'ens38']
const BY_CENTRAL_PART = ['tap', 'qr-', 'sg-', 'qg-', 'ens38']

export const proveOutsidePaths: RouterProof = async ({ api, design: { sides, routerId, externalId }, onProgress }) => {
  const [blue, green] = sides
  const { projectId, isDistributed, gateway } = await api.routers.get({ id: routerId })
  const hasCentralPart = isDistributed && gateway!.isSnatEnabled
  const give = async (fixedPortId: string): Promise<string> => {
    const { id } = await api.floatingIps.create({ projectId, networkId: externalId!, fixedPortId })
    return id
  }
  onProgress('drawing and proving paths out of the cloud and into it')
  await letEverybodyIn(api)
  const own = await give(blue.portId)
  // Who has none leaves by the address of a router that translates, and by nothing else.
  const other = isDistributed && !hasCentralPart ? await give(green.portId) : null
  await planAndApply(api)
  const devices = isDistributed ? BY_FLOATING_IP : BY_ROUTER
  const wanted: readonly (readonly [from: string, to: string, devices: readonly string[]])[] = [
    [blue.portId, FAR_OUTSIDE, devices],
    [own, FAR_OUTSIDE, devices],
    [FAR_OUTSIDE, own, devices],
    [green.portId, FAR_OUTSIDE, hasCentralPart ? BY_CENTRAL_PART : devices],
    [green.portId, own, hasCentralPart ? [...BY_CENTRAL_PART, 'fg-', 'rfp-'] : isDistributed ? devices : ['tap', 'qr-']],
  ]
  const problems: string[] = []
  for (const [from, to, along] of wanted) {
    const verification = await verify(api, from, to)
    problems.push(
      ...[...findVerificationProblems(verification), ...missing(verification, along)].map((problem) => `${from} to ${to}: ${problem}`),
    )
  }
  for (const id of [own, other]) if (id !== null) await api.floatingIps.remove({ id })
  await planAndApply(api)
  return problems
}

/** They are hops, and each of them has shown packets. */
const missing = ({ hops }: Verification, devices: readonly string[]): string[] =>
  devices.flatMap((start) =>
    hops.some(({ interface: device, method, packets }) => device.startsWith(start) && method === 'capture' && packets > 0)
      ? []
      : [`nothing was caught at ${start}…`],
  )
