// House rule as a test: the core says what it found as data (server/core/finding.ts); sentences are put together in server/core/explain only.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'
import { describe, expect, it } from 'vitest'

const core = resolve(dirname(fileURLToPath(import.meta.url)), '../core')

const filesOf = (files: string): string[] => files.split(' ').map((file) => `${file}.ts`)

/**
 * What objects without a name of their own and fields of objects are called: not told, but used as names are, stored and compared too. And what the rules
 * of a kind say, in one table per kind, as explain has one per room.
 */
const NAMES = /^topology\/kinds\/[\w-]+\/[\w-]+-(kind|label|print|violations|words)\.ts$/

/** What a kind, its resources and its steps are called: names too, stored with the plan and compared with a fresh one (0017). */
const WORDS_OF_KINDS = [
  ...filesOf('addresses conntrack-zones dnsmasq/dnsmasq dnsmasq/server-steps domains/domains domains/plug-nics domains/start-and-stop'),
  ...filesOf(
    'announce fdb flows forgotten-translations forgotten-zones ipsets iptables kind links/link-steps links/links links/tap-links namespaces neighbours ovs/ovs-bridges',
  ),
  ...filesOf(
    'ovs/ovs-ports ovs/port-steps ovs/transactions restore-unit routes rules services/service-steps services/services sysctls withdraw',
  ),
]
  .map((file) => `kinds/${file}`)
  .concat('render/side-by-side.ts')

/** Where what looks like a sentence is no English: a script, a filter, a key, a tool's words and notation. */
const OTHER_LANGUAGES = [
  ...filesOf(
    'compile/gateway/bird kinds/forget-connections kinds/links/link-guards kinds/probe-processes kinds/process-scripts kinds/restore-guard packet/layers/dhcp-options',
  ),
  ...filesOf(
    'packet/packet-key parse/net/guest-answer parse/net/nft-rule parse/openflow/flow-head parse/read-namespaces parse/read-script parse/virsh',
  ),
  ...filesOf(
    'path/capture-filter render/claim render/missing-files render/typed-commands restore/restore-files restore/restore-script trunk/guest-probe trunk/ways-out',
  ),
]

/** Sections of a reading, which are called as the tool is, or by whom they are about. */
const SECTION = /^(ip (addr|link|neigh|netns|route|rule)|bridge fdb|guest \w+|(flows|namespace|neigh|netconf) ◦)$/

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode)

/** What a programmer reads when something is broken is said in place; names of modules and of types are none. */
const isSilent = ({ type, callee }: Node): boolean =>
  type.startsWith('Import') ||
  type === 'TSLiteralType' ||
  (['NewExpression', 'CallExpression'].includes(type) && isNode(callee) && /^(\w*Error|invariant)$/.test(String(callee['name'])))

/** Every string, with `◦` where a template has a value. */
function textsOf(node: Node): readonly string[] {
  if (isSilent(node)) return []
  const own =
    node.type === 'Literal' && typeof node['value'] === 'string' ? [node['value']] : node.type === 'TemplateLiteral' ? [quasisOf(node)] : []
  return [...own, ...childrenOf(node).flatMap(textsOf)]
}

const quasisOf = (node: Node): string =>
  (node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]).map(({ value }) => value.cooked).join('◦')

/** Two plain words in a row, or one that a value stands beside. */
const isSentence = (text: string): boolean =>
  !SECTION.test(text) &&
  (/(^|[\s(])[A-Za-z]?[a-z]+,? [a-z]{2,}(?![\w-])/.test(text) || /◦[,.:;]? [a-z]{2,}(?![\w-=])|(^|\s)[a-z]{2,},? ◦/.test(text))

const isIn = (file: string, rooms: readonly string[]): boolean => rooms.some((room) => file === room || file.startsWith(`${room}/`))

const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)(testing|fixtures|explain)\//.test(file),
)
const done = files.filter((file) => !NAMES.test(file) && !isIn(file, WORDS_OF_KINDS))
const read = (file: string): string => readFileSync(join(core, file), 'utf8')
const sentencesIn = (file: string): readonly string[] => textsOf(parseAst(read(file), { lang: 'ts' }) as unknown as Node).filter(isSentence)

describe('who finds something does not put it into words', () => {
  it('sees a sentence, in a template too, and no name or type', () => {
    const code =
      "type A = 'not a text'; const one = 'has no carrier', two = `${a} is missing`, three = ['ip', 'link', `in_port=${b}`, `${c} ${d}`]; throw new Error('of a programmer')"
    expect(textsOf(parseAst(code, { lang: 'ts' }) as unknown as Node).filter(isSentence)).toEqual(['has no carrier', '◦ is missing'])
  })

  it('no sentence stands in a room that is done', () => {
    const found = done
      .filter((file) => !OTHER_LANGUAGES.includes(file))
      .flatMap((file) => sentencesIn(file).map((text) => `${file}: ${text}`))
    expect(found).toEqual([])
  })

  // A command as people paste it is no sentence, and neither is the form of a table of them.
  it('and none comes there from explain', () => {
    expect(done.filter((file) => /from '(\.\.\/)+explain\/(?!(command|message)')/.test(read(file)))).toEqual([])
  })

  it.each([...WORDS_OF_KINDS, ...OTHER_LANGUAGES])('%s still holds some', (room) => {
    expect(files.some((file) => isIn(file, [room]) && sentencesIn(file).length > 0)).toBe(true)
  })
})
