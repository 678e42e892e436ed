// Kernel settings, one `sysctl -p -` per namespace, all namespaces but the root's in one step: on standard input any number of ports fits. The slash form is used because
// device names may hold dots. Settings vanish with their device; nothing is ever unset.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import { compareFields } from '../diff/compare-fields'
import type { HostDiff } from '../diff/kind-diff'
import { groupBy } from '../group-by'
import { linkKey } from '../host/link'
import { deviceOf, isOfBridges, isOfTracking, sysctlKey, type Sysctl } from '../host/sysctl'
import { settingsOnTaps } from './links/made-on-taps'
import { inEachNamespace, nameNamespaces } from '../render/side-by-side'
import { batchStep, type StepDraft } from '../render/step-draft'
import { inNamespaces, wantedOf, whereIn, type Kind } from './kind'
import { linesToDo, ofLeftAlone, type RestoreGuard } from './restore-guard'

/**
 * Keys that are unknown are no failure: of what stands on a tap where the VM is off, of IPv6 where the kernel has none. Those of a device that is
 * not ours are not set.
 */
const goesOn: RestoreGuard = {
  script: linesToDo([ofLeftAlone('split($1, word, "/") > 3 && (word[4] in left)')]),
  program: ([sysctl = '', ...rest]) => [sysctl, '-e', ...rest],
}

export const sysctlKind: Kind<Sysctl> = {
  heading: 'Kernel settings',
  noun: 'kernel settings',
  key: sysctlKey,
  label: (sysctl) => `sysctl ${sysctl.key}=${sysctl.value}${whereIn(sysctl.netns)}`,
  isOurs: () => false,
  // Those of a device vanish with it.
  isBroughtBack: ({ netns, key }, scope) => scope.namespaces.has(netns) || scope.links.has(linkKey({ netns, name: deviceOf(key) ?? '' })),
  compare: (desired, observed) => compareFields([['value', desired.value, observed.value]]),
  // What one dump tells for all devices (parse/ip/netconf.ts) goes by a name of its own.
  sections: [...inNamespaces('sysctl'), { name: 'netconf', of: 'netns', mayBeIdle: true }],
  steps: [
    {
      name: 'sysctls.set',
      // A device brings its settings along.
      after: ['links.add'],
      render: (diff) => setOutside(onTaps(diff, false)),
      restore: goesOn,
    },
    {
      name: 'sysctls.setInside',
      // Internal ports come into their namespace by then. They are still down, and a device that comes up says at once what it is not to say.
      after: ['links.add', 'links.move'],
      render: (diff) => setInside(wantedOf(diff.sysctls)),
      restore: goesOn,
    },
    {
      name: 'sysctls.setOfTracking',
      // The first rule that asks for connections brings the settings along.
      after: ['iptables.write', 'sysctls.setInside'],
      render: (diff) => setOfTracking(wantedOf(diff.sysctls)),
      restore: goesOn,
    },
    {
      name: 'sysctls.setOnTaps',
      after: ['links.addOnTaps'],
      render: (diff) => setOutside(onTaps(diff, true)),
      restore: goesOn,
    },
    {
      name: 'sysctls.setOfBridges',
      // The first rule about a port of a bridge brings the settings along.
      after: ['iptables.write'],
      // No VM is to send a frame that nothing looks at.
      before: ['domains.start'],
      render: (diff) => setOfBridges(wantedOf(diff.sysctls).filter(isOfBridges)),
      restore: goesOn,
    },
  ],
  probes: [],
}

/** Of those to be set, the ones of devices that stand on taps, or all others. */
function onTaps(diff: HostDiff, isWanted: boolean): Sysctl[] {
  const isOnTap = settingsOnTaps(diff)
  return wantedOf(diff.sysctls).filter((sysctl) => isOnTap(sysctl) === isWanted && !isOfBridges(sysctl))
}

const PROGRAM = ['sysctl', '-q', '-p', '-']

function setOutside(sysctls: readonly Sysctl[]): StepDraft[] {
  const lines = inputOf(sysctls.filter(({ netns }) => netns === ''))
  const reason = 'A bridge of VMs and its ports must not answer ARP or IPv6 for the host.'
  return batchStep(`Set ${plural(lines.length, 'sysctl')}`, reason, lines, (stdin) => changeCommand(PROGRAM, { stdin }))
}

function setOfBridges(sysctls: readonly Sysctl[]): StepDraft[] {
  const reason = 'Without it iptables is not asked about the frames of VMs, and security groups do nothing.'
  return batchStep(`Set ${plural(sysctls.length, 'sysctl')} of bridges`, reason, inputOf(sysctls), (stdin) =>
    changeCommand(PROGRAM, { stdin }),
  )
}

const setInside = (sysctls: readonly Sysctl[]): StepDraft[] =>
  setIn(
    sysctls.filter((sysctl) => sysctl.netns !== '' && !isOfTracking(sysctl)),
    'Whether a namespace forwards, for whom its devices answer, and by which way a reply may come.',
  )

const setOfTracking = (sysctls: readonly Sysctl[]): StepDraft[] =>
  setIn(sysctls.filter(isOfTracking), 'Which packets begin a connection, where addresses are translated.')

function setIn(sysctls: readonly Sysctl[], reason: string): StepDraft[] {
  const inputs = [...groupBy(sysctls, ({ netns }) => netns)].map(([netns, here]) => ({ netns, lines: inputOf(here) }))
  if (inputs.length === 0) return []
  return [
    { title: `Set ${plural(sysctls.length, 'sysctl')} in ${nameNamespaces(inputs)}`, reason, command: inEachNamespace(PROGRAM, inputs) },
  ]
}

/** What is for all devices, and with it the value of each (`ip_forward`), comes before what is for one. */
const inputOf = (sysctls: readonly Sysctl[]): string[] =>
  sysctls.toSorted((one, other) => reach(one) - reach(other)).map(({ key, value }) => `${key} = ${value}`)
const reach = ({ key }: Sysctl): number => (deviceOf(key) !== null ? 2 : key.includes('/default/') ? 1 : 0)
