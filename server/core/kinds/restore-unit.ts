// The restore unit: ours by the mark in its file, compared by what it holds and whether systemd starts it. A content is written beside the
// former one and put in force by renaming a link, so that a host that loses power at any moment has a whole one; the former stays, and
// a way back puts it in force again. What is in it is made in core/restore.

import { changeCommand } from '../commands/command'
import { compareFields } from '../diff/compare-fields'
import type { HostDiff } from '../diff/kind-diff'
import {
  contentDigest,
  RESTORE_DIRECTORY,
  RESTORE_RUN_DIRECTORY,
  RESTORE_UNIT,
  RESTORE_UNIT_FILE,
  RESTORE_WANTED_BY,
  restoreUnitKey,
  type RestoreUnit,
} from '../host/restore-unit'
import { renderOwner } from '../naming'
import { parseRestoreUnit } from '../parse/restore-unit'
import type { StepDraft } from '../render/step-draft'
import { EVERYTHING, wantedOf, type Kind } from './kind'

/** Digests say whether it is the one that the design makes; texts would double the reading of a busy host. */
const READ = String.raw`
unit=${RESTORE_UNIT_FILE} restore=${RESTORE_DIRECTORY}
if [ -e "$unit" ] || [ -L "$unit" ] || [ -d "$restore" ]; then
  mark=$unit
  # A write that was cut short leaves a content which is not in force; its mark says whose it is.
  for each in "$restore"/.draft "$restore"/* "$restore"/current; do
    [ -e "$unit" ] || [ -L "$unit" ] || ! [ -e "$each/${'$'}{unit##*/}" ] || mark=$each/${'$'}{unit##*/}
  done
  IFS= read -r line <"$mark" && printf 'mark %s\n' "$line"
  [ -e "/etc/systemd/system/${RESTORE_WANTED_BY[0]}.wants/${'$'}{unit##*/}" ] && [ -e "/etc/systemd/system/${RESTORE_WANTED_BY[1]}.wants/${'$'}{unit##*/}" ] && echo enabled
  IFS= read -r line <${RESTORE_RUN_DIRECTORY}/restore-result && printf 'result %s\n' "$line"
  sha1sum "$unit" "$restore"/current/*
fi 2>/dev/null
end restore 0
`

export const restoreUnitKind: Kind<RestoreUnit> = {
  heading: 'After a restart',
  noun: 'the restore unit',
  key: restoreUnitKey,
  label: () => `restore unit ${RESTORE_UNIT}`,
  isOurs: (unit) => unit.owner !== null,
  isTakenByMark: true,
  path: RESTORE_UNIT_FILE,
  compare: (desired, observed) =>
    compareFields([
      ['owner', desired.owner ? renderOwner(desired.owner) : undefined, observed.owner && renderOwner(observed.owner)],
      ['content', shortDigest(desired), shortDigest(observed)],
      ['enabled', desired.isEnabled, observed.isEnabled],
    ]),
  isRemembered: true,
  sections: [{ name: 'restore' }],
  reading: { section: 'restore', script: READ, parse: parseRestoreUnit },
  steps: [
    {
      name: 'restoreUnits.write',
      // Only what has become true is what a restart brings back.
      after: [EVERYTHING],
      render: renderRestoreUnit,
      restore: 'never',
    },
  ],
  afterBoot: (units) => units,
  probes: [['unit', 'find /etc/systemd/system -name "*tapline*" -o -name ovs-vswitchd.service.wants']],
}

/** What people need of it to see that two differ. */
const shortDigest = (unit: RestoreUnit): string => contentDigest(unit).slice(0, 12)

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

/** What was written and not put in force goes again: nothing would read it, and nobody would take it away. */
const TIDY = String.raw`tidy() {
  [ "$?" -ne 0 ] || return 0
  cd ${RESTORE_DIRECTORY} && { [ "$(readlink current)" = "$1" ] || rm -rf -- "$1"; rm -rf .draft .current; }
  rm -f ${RESTORE_UNIT_FILE}.new
  cd / && rmdir ${RESTORE_DIRECTORY} ${RESTORE_DIRECTORY.replace(/\/[^/]+$/, '')}
} 2>/dev/null
trap 'tidy "$1"' EXIT
trap 'exit 1' HUP INT TERM`

const INSTALL = `${TIDY}\n${WRITE}\n${PUT_IN_FORCE}`

const REMOVE = String.raw`set -e
for link in ${links.join(' ')}; do
  rm -f "$link"
  rmdir "${'$'}{link%/*}" 2>/dev/null || true
done
rm -f ${RESTORE_UNIT_FILE} ${RESTORE_UNIT_FILE}.new
rm -rf ${RESTORE_DIRECTORY} ${RESTORE_RUN_DIRECTORY}
[ ! -d /run/systemd/system ] || systemctl daemon-reload`

function renderRestoreUnit({ restoreUnits }: HostDiff): StepDraft[] {
  return [
    ...restoreUnits.removed.map((): StepDraft => ({
      title: 'Remove the restore unit',
      reason: 'There is nothing to rebuild after a restart of this host, or nobody wants it rebuilt.',
      command: changeCommand(['sh', '-c', REMOVE]),
    })),
    ...wantedOf(restoreUnits).map(write),
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
