// The accounts of a node: the system accounts of the machine without their passwords, and at most one operator. Real
// people's accounts and password hashes stay out. Pure: text of /etc/passwd and friends in, text out.

export interface OperatorAccount {
  readonly user: string
}

const operatorId = 1000
const nobodyId = 65534

export interface AccountFiles {
  readonly passwd: string
  readonly group: string
  readonly shadow: string
}

export function nodeAccounts(machine: Pick<AccountFiles, 'passwd' | 'group'>, operator?: OperatorAccount): AccountFiles {
  const users = keepSystem(machine.passwd).map(withoutPassword)
  const groups = keepSystem(machine.group)
  if (operator !== undefined) {
    users.push([operator.user, 'x', String(operatorId), String(operatorId), '', `/home/${operator.user}`, '/bin/bash'])
    groups.push([operator.user, 'x', String(operatorId), ''])
  }
  return {
    passwd: join(users),
    group: join(groups),
    // `*` is "no password will do"; `!` would mean "locked", which sshd without PAM refuses even with a key.
    shadow: join(users.map(([user]) => [user ?? '', '*', '19000', '0', '99999', '7', '', '', ''])),
  }
}

export const operatorOwner = { uid: operatorId, gid: operatorId } as const

export function sudoers(operator?: OperatorAccount): string {
  const lines = [
    'Defaults env_reset',
    'Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"',
    'root ALL=(ALL:ALL) ALL',
  ]
  if (operator !== undefined) lines.push(`${operator.user} ALL=(ALL:ALL) NOPASSWD: ALL`)
  return `${lines.join('\n')}\n`
}

/** `name:x:id:…`: in passwd and group alike the third field is the number. */
function keepSystem(text: string): string[][] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(':'))
    .filter(([, , id]) => Number(id) < operatorId || Number(id) === nobodyId || Number(id) === libvirtQemuId)
}

/** Debian gives libvirt's QEMU user a fixed number outside the usual range of system accounts. */
const libvirtQemuId = 64055

function withoutPassword([user = '', , ...rest]: readonly string[]): string[] {
  return [user, 'x', ...rest]
}

function join(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.join(':')}\n`).join('')
}
