// The script is run for real. In place of namespaces, which need root, `nsenter` and `ip` here are programs that say where they would have gone.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inEachNamespace } from './side-by-side'
import { oneByOne } from './testing/one-by-one'

const place = mkdtempSync(join(tmpdir(), 'tapline-side-'))
const program = (name: string, text: string) => {
  writeFileSync(join(place, name), `#!/bin/sh\n${text}\n`)
  chmodSync(join(place, name), 0o755)
}
program('nsenter', 'where=${1#--net=/run/netns/}; shift; export where; exec "$@"')
program('ip', 'export where="$2"; shift 2; exec judge "$@"')
// Fails where its input says so; keeps what it got.
program(
  'judge',
  'input=$(cat); printf "%s\\n" "$where $* $input" >>"$JOURNAL"; case $input in *rain*) echo "no sun in $where" >&2; exit 2 ;; esac',
)
afterAll(() => rmSync(place, { recursive: true, force: true }))

function run(words: readonly string[], inputs: Parameters<typeof inEachNamespace>[1]) {
  const { argv, stdin } = inEachNamespace(words, inputs)
  const journal = join(mkdtempSync(join(place, 'run-')), 'journal')
  const work = mkdtempSync(join(place, 'tmp-'))
  const { status, stderr } = spawnSync(argv[0]!, argv.slice(1), {
    input: stdin,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${place}:${process.env.PATH}`, JOURNAL: journal, TMPDIR: work },
  })
  const done = spawnSync('sort', [journal], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
  return { status, stderr, done, left: readdirSync(work) }
}

const many = (count: number, lines: (index: number) => readonly string[]) =>
  Array.from({ length: count }, (_, index) => ({ netns: `qdhcp-${String(index).padStart(3, '0')}`, lines: lines(index) }))

describe('one command for many namespaces', () => {
  it.each([
    ['iptables-restore', ['judge', '-n']],
    ['ip', ['ip', '-batch', '-']],
  ])('[PLAN-3] gives each its own lines: %s', (_, words) => {
    const inputs = many(50, (index) => (index === 7 ? [] : [`  a\\n ${index}`]))
    expect(run(words, inputs)).toEqual({
      status: 0,
      stderr: '',
      left: [],
      done: inputs.map(({ netns, lines }) => `${netns} ${words.slice(1).join(' ')} ${lines.join('')}`),
    })
  })

  it('[PLAN-3] tries all, fails when one did, and says which and why', () => {
    const { status, stderr, done, left } = run(
      ['judge'],
      many(30, (index) => [index % 11 === 5 ? 'rain' : 'sun']),
    )
    expect({ status, left, done: done.length }).toEqual({ status: 1, left: [], done: 30 })
    const lines = stderr.split('\n')
    expect(lines.splice(0, 3).sort()).toEqual(['005', '016', '027'].map((each) => `qdhcp-${each}: no sun in qdhcp-${each}`))
    expect(lines).toEqual(['failed: 3 of 30', ''])
  })

  it('is the plain command where there is one namespace, and can be taken apart into such', () => {
    const inputs = many(2, (index) => (index === 0 ? [] : ['link set dev lo up', '']))
    const apart = inputs.map((input) => inEachNamespace(['ip', '-batch', '-'], [input]))
    expect(apart.map(({ argv, stdin }) => [argv.join(' '), stdin])).toEqual([
      ['ip -n qdhcp-000 -batch -', ''],
      ['ip -n qdhcp-001 -batch -', 'link set dev lo up\n\n'],
    ])
    expect(oneByOne(inEachNamespace(['ip', '-batch', '-'], inputs))).toEqual(apart)
    expect(oneByOne(apart[1]!)).toEqual([apart[1]])
    expect(inEachNamespace(['iptables-restore'], [inputs[1]!]).argv).toEqual(['ip', 'netns', 'exec', 'qdhcp-001', 'iptables-restore'])
  })
})
