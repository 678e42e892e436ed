// Network namespaces. One has no place for a mark: the alias of its `lo` is ours.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/kind-diff'
import type { NetworkNamespace } from '../host/namespace'
import { renderAlias } from '../naming'
import { compareFields } from '../diff/compare-fields'
import { SIDE_BY_SIDE, timeoutForMs } from '../render/side-by-side'
import { batchStep, type StepDraft } from '../render/step-draft'
import { inNamespaces, type Kind } from './kind'
import { ownerText } from './owner-text'

export const namespaceKind: Kind<NetworkNamespace> = {
  heading: 'Network namespaces',
  noun: 'network namespaces',
  key: (namespace) => namespace.name,
  label: (namespace) => `namespace ${namespace.name}`,
  isOurs: (namespace) => namespace.owner !== null,
  compare: (desired, observed) => compareFields([['owner', ownerText(desired), ownerText(observed)]]),
  isTakenByMark: true,
  isRemembered: true,
  sections: inNamespaces('ip'),
  // It is known by what was read in it.
  place: ({ name }) => ({ netns: name }),
  steps: [
    {
      name: 'namespaces.add',
      // A stop that fails ends the run before anything is made or taken away.
      after: ['domains.stop', 'dnsmasq.stop'],
      render: addNamespaces,
      restore: 'repeatable',
    },
  ],
  probes: [['namespace', 'ip netns list']],
}

/**
 * Constant text; lines of namespace and mark are its input. One that carries exactly that mark is there already; one that does not is somebody
 * else's. `ip` starts once for all that are new, and once for each of them to mark it.
 */
const ADD_NAMESPACES = String.raw`${SIDE_BY_SIDE}
names= items=
while read -r name mark; do
  if ! [ -e "/run/netns/$name" ]; then names="$names $name" items="$items$name $mark$line"
  elif ! ip -n "$name" link show dev lo 2>/dev/null | grep -qxF "    alias $mark"; then echo "$name: it is there and is not ours" >&2; failed=$((failed + 1))
  fi
done
[ -z "$names" ] || printf 'netns add %s\n' $names | ip -batch - || exit
work() { name=${'$'}{1%% *}; inside "$name" ip link set dev lo alias "${'$'}{1#* }" up; }
side_by_side`

/** Marked in the same breath, so that none is ever lost. What goes, goes with the links (links.remove). */
function addNamespaces({ namespaces: { added } }: HostDiff): StepDraft[] {
  const lines = added.map((namespace) => `${namespace.name} ${namespace.owner ? renderAlias(namespace.owner) : ''}`)
  return batchStep(`Add ${plural(added.length, 'namespace')}`, 'DHCP lives in a namespace of its own.', lines, (stdin) =>
    changeCommand(['sh', '-c', ADD_NAMESPACES], { stdin, timeoutMs: timeoutForMs(added.length) }),
  )
}
