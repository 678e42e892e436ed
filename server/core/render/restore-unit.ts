// The restore unit as files. A content is written beside the former one and put in force by renaming a link, so that a host
// that loses power at any moment has a whole one; the former stays, and a way back puts it in force again.

import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import { contentDigest, RESTORE_DIRECTORY, RESTORE_RUN_DIRECTORY, RESTORE_UNIT, RESTORE_UNIT_FILE, RESTORE_WANTED_BY, type RestoreUnit } from '../host/restore-unit'
import type { StepDraft } from './step-draft'

const links = RESTORE_WANTED_BY.map((target) => `/etc/systemd/system/${target}.wants/${RESTORE_UNIT}`)

// Scripts: constant text. $1 is the digest of the content. PUT_IN_FORCE notes that the host has what the design says by now,
// so that no VM is started before the next boot.

/** stdin: frames of a line `NAME LINES` and that many lines. */
const WRITE = String.raw`set -e
umask 022
cd ${RESTORE_DIRECTORY} 2>/dev/null || { mkdir -p ${RESTORE_DIRECTORY}; cd ${RESTORE_DIRECTORY}; }
rm -rf .draft
mkdir .draft
awk '
  left == 0 { file = ".draft/" $1; left = $2; printf "" >file; if (left == 0) close(file); next }
  { print >file; if (--left == 0) close(file) }
'
sync .draft/*
rm -rf -- "$1"
mv .draft "$1"`

const PUT_IN_FORCE = String.raw`set -e
cd ${RESTORE_DIRECTORY}
[ -d "$1" ]
former=$(readlink current || true)
cp "$1/${RESTORE_UNIT}" ${RESTORE_UNIT_FILE}.new
mv ${RESTORE_UNIT_FILE}.new ${RESTORE_UNIT_FILE}
rm -f .current
ln -s "$1" .current
mv -T .current current
for each in *; do
  case $each in current | "$1" | "$former") ;; *) rm -rf -- "$each" ;; esac
done
for link in ${links.join(' ')}; do
  mkdir -p "${'$'}{link%/*}"
  ln -sfn ${RESTORE_UNIT_FILE} "$link"
done
mkdir -p ${RESTORE_RUN_DIRECTORY}
: >${RESTORE_RUN_DIRECTORY}/restored
[ ! -d /run/systemd/system ] || systemctl daemon-reload`

const INSTALL = `${WRITE}\n${PUT_IN_FORCE}`

const REMOVE = String.raw`set -e
for link in ${links.join(' ')}; do
  rm -f "$link"
  rmdir "${'$'}{link%/*}" 2>/dev/null || true
done
rm -f ${RESTORE_UNIT_FILE}
rm -rf ${RESTORE_DIRECTORY} ${RESTORE_RUN_DIRECTORY}
[ ! -d /run/systemd/system ] || systemctl daemon-reload`

export function renderRestoreUnit({ restoreUnits }: HostDiff): StepDraft[] {
  return [
    ...restoreUnits.removed.map((): StepDraft => ({
      title: 'Remove the restore unit',
      reason: 'There is nothing to rebuild after a restart of this host, or nobody wants it rebuilt.',
      command: changeCommand(['sh', '-c', REMOVE]),
    })),
    ...[...restoreUnits.added, ...restoreUnits.changed.map((change) => change.to)].map(write),
  ]
}

function write(unit: RestoreUnit): StepDraft {
  const digest = contentDigest(unit)
  if (!unit.files) {
    return {
      title: 'Put the former restore unit in force',
      reason: 'It rebuilds the design that was applied before.',
      command: changeCommand(['sh', '-c', PUT_IN_FORCE, 'sh', digest]),
    }
  }
  return {
    title: 'Write the restore unit',
    reason: 'Last of all: after a restart the host rebuilds by itself what this plan leaves behind, also while no console is up.',
    command: changeCommand(['sh', '-c', INSTALL, 'sh', digest], { stdin: frames(unit.files) }),
  }
}

function frames(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, text]) => {
      const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
      return [`${name} ${lines.length}`, ...lines].map((line) => `${line}\n`).join('')
    })
    .join('')
}
