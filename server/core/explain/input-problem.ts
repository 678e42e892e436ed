// What is wrong with the shape of an input, in words: codes of ours, or what zod itself says.

import type { InputProblem } from '../topology/kinds/host/host-input'

const messages: Record<InputProblem, string> = {
  'password-missing': 'Give the password.',
  'private-key-missing': 'Paste the private key.',
  'key-path-missing': 'Give the path of the key file.',
  'key-path-form': 'The key file is an absolute path on the console’s machine, such as /home/me/.ssh/id_ed25519.',
  'fingerprint-form': 'A fingerprint looks like SHA256: and 43 letters, as ssh-keygen -l prints it.',
  'address-missing': 'Give an address.',
  'user-missing': 'Give the login name.',
}

const isOurs = (message: string): message is InputProblem => Object.hasOwn(messages, message)

export const explainInputProblem = (message: string): string => (isOurs(message) ? messages[message] : message)
