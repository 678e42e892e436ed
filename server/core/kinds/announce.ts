// Tells who is on the wire that an address is here by now: whoever had asked for it keeps the former answer for minutes. Gratuitous ARP, three rounds as
// Neutron's (agent/linux/ip_lib.py), a second apart; nobody waits for them.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/kind-diff'
import { batchStep, type StepDraft } from '../render/step-draft'
import { wantedOf } from './kind'

/** Constant text; its input is a line per address, of namespace, device and address. A program that is not there is an error, an answer is not waited for. */
const ANNOUNCE = `command -v arping >/dev/null || { echo 'arping is not installed' >&2; exit 1; }
while read -r netns device address; do
  for form in -U -A; do
    setsid ip netns exec "$netns" arping -q $form -c 3 -w 4 -I "$device" "$address" </dev/null >/dev/null 2>&1 &
  done
done`

export function announce({ addresses, routes }: HostDiff): StepDraft[] {
  const lines = [
    ...addresses.added.flatMap(({ netns, link, cidr, isAnnounced }) => (isAnnounced ? [`${netns} ${link} ${bare(cidr)}`] : [])),
    ...wantedOf(routes).flatMap(({ netns, destination, announcedOn }) =>
      announcedOn === undefined ? [] : [`${netns} ${announcedOn} ${bare(destination)}`],
    ),
  ]
  return batchStep(
    `Announce ${plural(lines.length, 'address', 'addresses')}`,
    'Who has asked for it before would go on sending to where it was.',
    lines,
    (stdin) => changeCommand(['sh', '-c', ANNOUNCE], { stdin }),
  )
}

const bare = (cidr: string): string => cidr.replace(/\/.*/, '')
