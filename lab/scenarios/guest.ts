// A guest asked past the console, through libvirt on its host: for what a scenario lets a guest do on its own.

import { setTimeout as delay } from 'node:timers/promises'
import { AGENT_PAUSES } from '../guest/agent'
import { labExec } from '../lab'
import { waitFor } from '../wait'

export interface LabGuest {
  readonly lab: string
  readonly host: string
  /** The VM's id is its domain's uuid. */
  readonly vmId: string
  /** The guest that is its host: a guest of an inner cloud is asked through two agents. */
  readonly inside?: LabGuest
}

/** A guest that is emulated twice and pings meanwhile is slow to answer. An answer that comes too late is lost, and with it what a program wrote. */
const AGENT_TIMEOUT_S = 120
const ASK_TIMEOUT_MS = (AGENT_TIMEOUT_S + 20) * 1000

async function ask(guest: LabGuest, request: object): Promise<Record<string, unknown>> {
  const argv = [
    'virsh',
    '-c',
    'qemu:///system',
    'qemu-agent-command',
    '--timeout',
    String(AGENT_TIMEOUT_S),
    guest.vmId,
    JSON.stringify(request),
  ]
  const answer = await runOnHostOf(guest, argv)
  if (!answer.startsWith('{')) throw new Error(`${guest.host}: the guest agent did not answer: ${answer}`)
  return (JSON.parse(answer) as { return: Record<string, unknown> }).return
}

async function runOnHostOf({ lab, host, inside }: LabGuest, argv: readonly string[]): Promise<string> {
  if (inside) return runInGuest(inside, argv, ASK_TIMEOUT_MS)
  const { code, stdout, stderr } = await labExec(lab, host, argv, { timeoutMs: ASK_TIMEOUT_MS })
  return code === 0 ? stdout : stderr || stdout
}

export async function startInGuest(guest: LabGuest, [path, ...arg]: readonly string[]): Promise<number> {
  const { pid } = await ask(guest, { execute: 'guest-exec', arguments: { path, arg, 'capture-output': true } })
  return Number(pid)
}

/** Without collecting its output, which the agent gives only once. */
export const isRunning = async (guest: LabGuest, pid: number): Promise<boolean> =>
  (
    await runInGuest(guest, [
      'sh',
      '-c',
      'kill -0 "$1" 2>/dev/null && ! grep -q "^State:.Z" /proc/"$1"/status && echo yes; true',
      'sh',
      String(pid),
    ])
  ).includes('yes')

/** What the program wrote, once it has ended. */
export const outputOf = (guest: LabGuest, pid: number, timeoutMs: number): Promise<string> =>
  waitFor(
    `a program in the guest on ${guest.host} to end`,
    async () => {
      const status = await ask(guest, { execute: 'guest-exec-status', arguments: { pid } })
      const text = (key: string) => Buffer.from(String(status[key] ?? ''), 'base64').toString('utf8')
      return status['exited'] === true ? text('out-data') + text('err-data') : undefined
    },
    { timeoutMs, ...AGENT_PAUSES },
  )

export const runInGuest = async (guest: LabGuest, argv: readonly string[], timeoutMs = 60_000): Promise<string> =>
  outputOf(guest, await startInGuest(guest, argv), timeoutMs)

/** Of the guest's own making; its kernel has named the NIC, once that was plugged in. */
const TAGGED = `set -e
[ ! -e /sys/class/net/tagged ] || exit 0
for wait in $(seq 60); do
  nic=$(grep -l "^$1$" /sys/class/net/*/address | head -n 1)
  [ -z "$nic" ] || break
  sleep 1
done
nic=\${nic%/address} nic=\${nic##*/}
ip link set "$nic" up
ip link add link "$nic" name tagged type vlan id "$2"
ip address add "$3" dev tagged
ip link set tagged up`

/** A VLAN interface on the NIC with that MAC address, as a host of an inner cloud would send. A guest forgets it when it boots. */
export async function speakTagged(guest: LabGuest, macAddress: string, vlan: number, address: string): Promise<void> {
  const complaint = await runInGuest(guest, ['sh', '-c', TAGGED, 'sh', macAddress, String(vlan), address], 90_000)
  if (complaint !== '') throw new Error(`no VLAN interface in the guest on ${guest.host}: ${complaint}`)
}

/**
 * Its DHCP clients begin again without a lease: what it had before must not pass for what it gets now. They end last: an
 * address that a quick one got meanwhile would be taken away, and nothing would bring it back.
 */
export const askAnew = (guest: LabGuest, nics: readonly string[]): Promise<string> =>
  runInGuest(guest, ['sh', '-c', 'for nic; do ip address flush dev "$nic"; done; killall udhcpc', 'sh', ...nics], ASK_TIMEOUT_MS)

const dhcpLog = (guest: LabGuest): Promise<string> =>
  runInGuest(guest, ['sh', '-c', 'ip -o link; ps | grep udhcpc; tail -n 20 /var/log/dhcp.log'], ASK_TIMEOUT_MS).catch(String)

/** Until the guest has all of these addresses. */
export async function waitForAddresses(guest: LabGuest, addresses: readonly string[], timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const seen = await runInGuest(guest, ['ip', '-o', '-4', 'address']).catch(() => '')
    const missing = addresses.filter((address) => !seen.includes(` ${address}/`))
    if (missing.length === 0) return
    if (performance.now() > deadline)
      throw new Error(`the guest on ${guest.host} has no address ${missing.join(', ')}:\n${seen}${await dhcpLog(guest)}`)
    // Asking takes the processor that the guest needs for its boot, through two agents most of it.
    await delay(guest.inside ? 5_000 : 2_000)
  }
}
