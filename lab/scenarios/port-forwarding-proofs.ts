// What is proven of port forwardings, from the lab's outside client and between the VMs: each of two protocols comes to the service of its VM and is
// answered, other ports are refused, a VM reaches another one and itself by the address outside; one edit leads a port elsewhere, for those who are
// connected too; a router changes its kind with all of it; what is removed is refused, and with the last nobody answers for the address.

import { letEverybodyIn } from './design'
import { applied, outside } from './floating-ip-proofs'
import { runInGuest, startInGuest } from './guest'
import type { RouterSide } from './router-design'
import type { RouterProof, RouterStage } from './router-proofs'

/** Of the address outside, and of the services of the VMs. */
const EXTERNAL = { tcp: 8080, udp: 5353 } as const
const INTERNAL = { tcp: 80, udp: 53 } as const
type Protocol = keyof typeof INTERNAL
type Ask = (argv: readonly string[]) => Promise<string>

/** A name for whoever asks, by TCP and by UDP; the latter one at a time. */
const SERVE = `while :; do echo "$1" | nc.openbsd -u -l -W 1 ${INTERNAL.udp} || sleep 1; done </dev/null >/dev/null 2>&1 &
exec nc -ll -p ${INTERNAL.tcp} -e /bin/echo "$1" </dev/null >/dev/null 2>&1`

/**
 * Arguments: what to say, options of nc, address, port. What is said there in a line, "" where nobody is. Three times, as a datagram may come between two
 * turns of the service; always by the same way, as it is remembered where that leads.
 */
const ASK = `nc=$(command -v nc.openbsd)
for try in 1 2 3; do
  said=$(printf '%s' "$1" | "$nc" -w 3 $2 "$3" "$4" 2>/dev/null | head -n 1)
  [ -z "$said" ] || break
done
echo "$said"`
/** To who has not read what it was told when it closes, TCP answers with a reset, which may overtake what was said. */
const WAYS: Readonly<Record<Protocol, readonly [string, string]>> = { tcp: ['', '-N'], udp: ['hi', '-u -p 40053'] }

export const proveForwardings: RouterProof = async (stage) => {
  const { api, design, onProgress } = stage
  const [blue, green] = design.sides
  await letEverybodyIn(api)
  await serve(blue, 'blue')
  await serve(green, 'green')
  const { projectId, isDistributed } = await api.routers.get({ id: design.routerId })
  const { id: floatingIpId } = await api.floatingIps.create({ projectId, networkId: design.externalId! })
  const address = (await api.floatingIps.get({ id: floatingIpId })).ipAddress!
  const forward = async (protocol: Protocol, externalPort: number): Promise<string> => {
    const internal = { internalPortId: blue.portId, internalPort: INTERNAL[protocol] }
    return (await api.portForwardings.create({ floatingIpId, protocol, externalPort, ...internal })).id
  }
  const problems: string[] = []
  const apply = async (when: string, wanted: Readonly<Record<Protocol, string | null>> | null) => {
    onProgress(when)
    const found = await applied(stage, when)
    if (wanted) found.push(...(await proveAnswers(stage, address, wanted)))
    problems.push(...found.map((problem) => `${when}: ${problem}`))
  }

  const [web, names] = [await forward('tcp', EXTERNAL.tcp), await forward('udp', EXTERNAL.udp)]
  await apply('ports are forwarded', { tcp: 'blue', udp: 'blue' })
  for (const id of [web, names]) await api.portForwardings.update({ id, patch: { internalPortId: green.portId } })
  await apply('they are led to another VM', { tcp: 'green', udp: 'green' })
  await api.portForwardings.remove({ id: web })
  await apply('one is removed', { tcp: null, udp: 'green' })
  await api.portForwardings.update({ id: names, patch: { protocol: 'tcp', externalPort: EXTERNAL.tcp, internalPort: INTERNAL.tcp } })
  await api.routers.update({ id: design.routerId, patch: { isDistributed: !isDistributed } })
  await apply('the other is another, and the router, too', { tcp: 'green', udp: null })
  await api.portForwardings.remove({ id: names })
  await apply('all are removed', null)
  const answers = await outside(stage, ['arping', '-c', '3', '-w', '3', '-I', 'eth0', address])
  if (answers.includes('reply from')) problems.push(`somebody answers for ${address}: ${answers}`)
  await api.floatingIps.remove({ id: floatingIpId })
  return problems
}

const serve = ({ guest }: RouterSide, name: string) => startInGuest(guest, ['sh', '-c', SERVE, 'sh', name])

/** Outside, and from both VMs: of whom one calls the other, and one itself. The ports behind are none of the address. */
async function proveAnswers(stage: RouterStage, address: string, wanted: Readonly<Record<Protocol, string | null>>): Promise<string[]> {
  const callers: readonly (readonly [string, Ask])[] = [
    ['the outside', (argv) => outside(stage, argv)],
    ...stage.design.sides.map(({ guest }) => [`the VM on ${guest.host}`, (argv: readonly string[]) => runInGuest(guest, argv)] as const),
  ]
  const problems: string[] = []
  for (const [who, ask] of callers) {
    for (const protocol of ['tcp', 'udp'] as const) {
      for (const [port, says] of [
        [EXTERNAL[protocol], wanted[protocol]],
        [INTERNAL[protocol], null],
      ] as const) {
        const said = (await ask(['sh', '-c', ASK, 'sh', ...WAYS[protocol], address, String(port)])).trim()
        if (said !== (says ?? ''))
          problems.push(`${who} hears ${JSON.stringify(said)} at ${address}:${port}/${protocol}, not ${says ?? 'nothing'}`)
      }
    }
  }
  return problems
}
