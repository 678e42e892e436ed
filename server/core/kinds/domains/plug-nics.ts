// NICs of a running VM. `--live --config` changes the running VM and its definition alike, so the NIC is there again after a
// restart; `--current` changes only the former (docs/reference/libvirt.md). The device goes in as XML on stdin.

import { changeCommand } from '../../commands/command'
import type { NicChange } from './domain-change'
import { titleOf, type Domain, type DomainInterface } from '../../host/domain'
import { renderInterfaceXml } from './domain-xml'
import type { StepDraft } from '../../render/step-draft'
import { LIBVIRT_TIMEOUT, LIBVIRT_URI } from './virsh'

/**
 * Constant text; domain and MAC address are its arguments. What is read of a VM that is on is what runs. Its definition may have the NIC still, where
 * somebody unplugged it from the running VM alone, or have it no more: it would be there twice, and the VM could not start again; or there is none to take out.
 */
const WHERE = `uri=$1 domain=$2 mac=$3
definition=$(virsh -q -c "$uri" dumpxml --inactive "$domain" </dev/null) || exit
defined=
case $definition in *"'$mac'"*) defined=--config ;; esac`

const PLUG = `${WHERE}
undefined=--config
[ -z "$defined" ] || undefined=
exec virsh -q -c "$uri" attach-device "$domain" /dev/stdin --live $undefined`

export const plugNics = (domain: Domain, change: NicChange | null): StepDraft[] =>
  (change?.added ?? []).map((nic) => ({
    title: `Plug NIC ${nic.macAddress} into VM ${titleOf(domain)}`,
    reason: `The VM goes on running; its new NIC is in ${nic.source}, also after a restart.`,
    command: changeCommand(['sh', '-c', PLUG, 'sh', LIBVIRT_URI, domain.uuid, nic.macAddress], { ...LIBVIRT_TIMEOUT, stdin: stdinOf(nic) }),
  }))

/**
 * Libvirt asks the guest to let go of the card and does not wait for it
 * long: without waiting here, the bridge would be taken away under the card.
 */
const UNPLUG = `${WHERE}
virsh -q -c "$uri" detach-device "$domain" /dev/stdin --live $defined || exit
for second in $(seq 30); do
  virsh -q -c "$uri" domiflist "$domain" | grep -qiF "$mac" || exit 0
  sleep 1
done
echo "the guest of $domain does not let go of NIC $mac: is it still starting?" >&2
exit 1`

export const unplugNics = (domain: Domain, change: NicChange | null): StepDraft[] =>
  (change?.removed ?? []).map((nic) => ({
    title: `Unplug NIC ${nic.macAddress} from VM ${titleOf(domain)}`,
    reason: 'The VM goes on running; its bridge is about to go.',
    command: changeCommand(['sh', '-c', UNPLUG, 'sh', LIBVIRT_URI, domain.uuid, nic.macAddress], {
      ...LIBVIRT_TIMEOUT,
      stdin: stdinOf(nic),
    }),
  }))

const stdinOf = (nic: DomainInterface): string => `${renderInterfaceXml(nic)}\n`
