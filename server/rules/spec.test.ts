// House rule as a test: server/core/SPEC.md and the names of the tests speak of the same rules.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

function listTests(directory: string): string[] {
  return readdirSync(join(root, directory)).flatMap((name) => {
    const path = join(directory, name)
    if (name === 'fixtures' || name === 'node_modules') return []
    if (statSync(join(root, path)).isDirectory()) return listTests(path)
    return /\.test\.tsx?$/.test(name) ? [path] : []
  })
}

const idsIn = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** A rule is a list item: `- **DIFF-1** The diff …`. */
const specified = idsIn(read('server/core/SPEC.md'), /^- \*\*([A-Z]+-\d+)\*\* /gm)
/** A test of a rule begins its name with the id: `it('[DIFF-1] is empty …'`. */
const tested = ['server', 'lab', 'components'].flatMap(listTests).flatMap((path) => idsIn(read(path), /['"`]\[([A-Z]+-\d+)\] /g))

describe('server/core/SPEC.md', () => {
  it('gives every id once', () => {
    expect(specified.length).toBeGreaterThan(0)
    expect(specified.filter((id, index) => specified.indexOf(id) < index)).toEqual([])
  })

  it('has a test for every rule', () => {
    expect(specified.filter((id) => !tested.includes(id))).toEqual([])
  })

  it('has a rule for every id that a test names', () => {
    expect([...new Set(tested)].filter((id) => !specified.includes(id))).toEqual([])
  })
})
